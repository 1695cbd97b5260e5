"""What each kind of evidence the plan asks for is called, also those no screen records yet."""

from __future__ import annotations

from collections.abc import Callable

from crm.i18n import t

_WORDS: dict[str, Callable[[], str]] = {
    "application_sent": lambda: t("søknad sendt"),
    "article_published": lambda: t("artikkel publisert"),
    "body_meeting_attended": lambda: t("møte vi deltok på"),
    "case_introduced": lambda: t("case formidlet"),
    "chronicle": lambda: t("kronikk"),
    "conference_held": lambda: t("fagkonferanse avviklet"),
    "contact_introduced": lambda: t("kontakt formidlet"),
    "debate_in_media": lambda: t("debatt i media"),
    "debate_joined": lambda: t("debatt vi deltok i"),
    "digital_meeting": lambda: t("digitalt treff"),
    "hearing_answer_sent": lambda: t("høringssvar sendt"),
    "hearing_registered": lambda: t("høring i oversikten"),
    "hearing_shared": lambda: t("høring delt med medlemmene"),
    "inquiry_answered": lambda: t("besvart mediehenvendelse"),
    "inquiry_received_radio": lambda: t("henvendelse fra radio"),
    "inquiry_received_television": lambda: t("henvendelse fra tv"),
    "inquiry_received_web": lambda: t("henvendelse fra nett"),
    "interview": lambda: t("intervju"),
    "lecture_elsewhere": lambda: t("foredrag hos andre"),
    "media_initiative": lambda: t("eget utspill i media"),
    "member_meeting": lambda: t("medlemstreff"),
    "news_published": lambda: t("nyhetssak på nettsiden"),
    "newsletter_sent": lambda: t("nyhetsbrev sendt"),
    "opinion_piece": lambda: t("debattinnlegg"),
    "oral_hearing_attended": lambda: t("muntlig høring"),
    "own_debate": lambda: t("egen debatt"),
    "own_digital_meeting": lambda: t("eget digitalt treff"),
    "own_lecture": lambda: t("eget foredrag"),
    "own_webinar": lambda: t("eget webinar"),
    "panel_elsewhere": lambda: t("panel hos andre"),
    "panel_joined": lambda: t("panel vi deltok i"),
    "political_meeting": lambda: t("møte med beslutningstaker"),
    "research_shared": lambda: t("forskning delt"),
    "resource_published": lambda: t("verktøy publisert"),
    "resource_revised": lambda: t("verktøy revidert"),
    "shared_debate": lambda: t("debatt sammen med andre"),
    "shared_digital_meeting": lambda: t("digitalt treff sammen med andre"),
    "shared_lecture": lambda: t("foredrag sammen med andre"),
    "shared_webinar": lambda: t("webinar sammen med andre"),
    "statistics_published": lambda: t("statistikk publisert"),
    "support_case_email": lambda: t("støttesak på e-post"),
    "support_case_other": lambda: t("støttesak i annen kanal"),
    "support_case_phone": lambda: t("støttesak på telefon"),
    "survey_launched": lambda: t("undersøkelse sendt ut"),
    "viewpoint_in_newsletter": lambda: t("synspunkt i nyhetsbrev"),
    "viewpoint_in_social_media": lambda: t("synspunkt i sosiale medier"),
    "viewpoint_on_website": lambda: t("synspunkt på nettsiden"),
    "webinar": lambda: t("webinar"),
    "website_updated": lambda: t("nettsiden oppdatert"),
}


def evidence_word(kind: str) -> str:
    """A kind a revised reading made up has no words yet; it is named as it is stored."""
    said = _WORDS.get(kind)
    return said() if said else kind
