"""Who may do what. Three roles, a handful of permissions, one table."""

from __future__ import annotations

from enum import StrEnum

from db.models.users import Role

__all__ = ["GRANTS", "USE_CASES", "Permission", "Role", "may"]


class Permission(StrEnum):
    OWN_ACCOUNT = "own_account"  # one's own password, language, shortcuts
    SEE_FIGURES = "see_figures"  # the plan, its counts, response times: no case text, no contact data
    SEE_RECORDS = "see_records"  # cases, inquiries, members, people
    LOG_CASES = "log_cases"
    LOG_MEDIA = "log_media"
    LOG_NETWORKS = "log_networks"
    KEEP_MEMBERS = "keep_members"  # organisations, persons, imports, lists
    MARK_RECORDS = "mark_records"  # tags, tasks and attachments on any of them
    EXPORT = "export"  # take addresses and whole lists out of kulturcrm
    MANAGE_USERS = "manage_users"
    CHANGE_SETTINGS = "change_settings"  # working hours, topics, bodies, readings of the plan
    SEE_CHANGE_LOG = "see_change_log"


_READER = frozenset({Permission.OWN_ACCOUNT, Permission.SEE_FIGURES})
_COLLEAGUE = _READER | {
    Permission.SEE_RECORDS,
    Permission.LOG_CASES,
    Permission.LOG_MEDIA,
    Permission.LOG_NETWORKS,
    Permission.KEEP_MEMBERS,
    Permission.MARK_RECORDS,
    Permission.EXPORT,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.COLLEAGUE: _COLLEAGUE,
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    return permission in GRANTS[role]


# Every use-case and every look, by feature. A house rule refuses one that is not here, and a test calls each as the wrong role.
USE_CASES: dict[str, Permission] = {
    "agenda.what_waits": Permission.SEE_RECORDS,
    "cases.add_message": Permission.LOG_CASES,
    "cases.answer_and_close": Permission.LOG_CASES,
    "cases.case_card": Permission.SEE_RECORDS,
    "cases.case_history": Permission.SEE_RECORDS,
    "cases.change_case": Permission.LOG_CASES,
    "cases.close_case": Permission.LOG_CASES,
    "cases.hand_over_case": Permission.LOG_CASES,
    "cases.filter_choices": Permission.SEE_RECORDS,
    "cases.list_cases": Permission.SEE_RECORDS,
    "cases.reopen_case": Permission.LOG_CASES,
    "cases.stop_waiting_for_caller": Permission.LOG_CASES,
    "cases.tie_caller": Permission.LOG_CASES,
    "cases.wait_for_caller": Permission.LOG_CASES,
    "cases.correct_case": Permission.LOG_CASES,
    "cases.list_topic_choices": Permission.SEE_RECORDS,
    "cases.open_case": Permission.LOG_CASES,
    "cases.saved_case": Permission.SEE_RECORDS,
    "cases.undo_case": Permission.LOG_CASES,
    "drafts.is_token_free": Permission.LOG_CASES,
    "drafts.keep_draft": Permission.LOG_CASES,
    "drafts.list_drafts": Permission.LOG_CASES,
    "drafts.read_draft": Permission.LOG_CASES,
    "drafts.throw_away_draft": Permission.LOG_CASES,
    "media.add_message": Permission.LOG_MEDIA,
    "media.answer_inquiry": Permission.LOG_MEDIA,
    "media.change_outcome": Permission.LOG_MEDIA,
    "media.close_inquiry": Permission.LOG_MEDIA,
    "media.correct_inquiry": Permission.LOG_MEDIA,
    "media.deadline_is_outside_hours": Permission.SEE_RECORDS,
    "media.find_journalists": Permission.SEE_RECORDS,
    "media.find_outlets": Permission.SEE_RECORDS,
    "media.hand_over_inquiry": Permission.LOG_MEDIA,
    "media.inquiry_card": Permission.SEE_RECORDS,
    "media.journalists_of_outlet": Permission.SEE_RECORDS,
    "media.list_inquiries": Permission.SEE_RECORDS,
    "media.list_outlets": Permission.SEE_RECORDS,
    "media.open_inquiry": Permission.LOG_MEDIA,
    "media.press_quarter": Permission.SEE_FIGURES,
    "media.quick_deadlines": Permission.SEE_RECORDS,
    "media.reopen_inquiry": Permission.LOG_MEDIA,
    "media.stop_waiting_for_journalist": Permission.LOG_MEDIA,
    "media.take_back_inquiry": Permission.LOG_MEDIA,
    "media.wait_for_journalist": Permission.LOG_MEDIA,
    "mailing.change_mailing_list": Permission.KEEP_MEMBERS,
    "mailing.list_choices": Permission.SEE_RECORDS,
    "mailing.list_mailing_lists": Permission.SEE_RECORDS,
    "mailing.list_members_of": Permission.SEE_RECORDS,
    "mailing.listed_card": Permission.SEE_RECORDS,
    "mailing.mailing_list_card": Permission.SEE_RECORDS,
    "mailing.make_mailing_list": Permission.KEEP_MEMBERS,
    "mailing.note_consent": Permission.KEEP_MEMBERS,
    "mailing.put_on_list": Permission.KEEP_MEMBERS,
    "mailing.restore_mailing_list": Permission.KEEP_MEMBERS,
    "mailing.retire_mailing_list": Permission.KEEP_MEMBERS,
    "mailing.subscribe_again": Permission.KEEP_MEMBERS,
    "mailing.take_addresses": Permission.EXPORT,
    "mailing.take_off_list": Permission.KEEP_MEMBERS,
    "mailing.unsubscribe": Permission.KEEP_MEMBERS,
    "members.add_house": Permission.KEEP_MEMBERS,
    "members.add_organisation": Permission.KEEP_MEMBERS,
    "members.add_person_here": Permission.KEEP_MEMBERS,
    "members.count_members": Permission.SEE_FIGURES,
    "members.edit_organisation": Permission.KEEP_MEMBERS,
    "members.end_membership": Permission.KEEP_MEMBERS,
    "members.list_members": Permission.SEE_RECORDS,
    "members.member_card": Permission.SEE_RECORDS,
    "members.rename_organisation": Permission.KEEP_MEMBERS,
    "members.start_membership": Permission.KEEP_MEMBERS,
    "tags.change_tags": Permission.MARK_RECORDS,
    "tags.tag_many": Permission.MARK_RECORDS,
    "tags.rename_tag": Permission.CHANGE_SETTINGS,
    "tags.merge_tags": Permission.CHANGE_SETTINGS,
    "tags.remove_tag": Permission.CHANGE_SETTINGS,
    "tags.tags_of": Permission.SEE_RECORDS,
    "tags.tags_of_many": Permission.SEE_RECORDS,
    "tags.tags_in_use": Permission.SEE_RECORDS,
    "tags.list_tags": Permission.CHANGE_SETTINGS,
    "timeline.happened": Permission.SEE_RECORDS,
    "timeline.last_contact": Permission.SEE_RECORDS,
    "timeline.latest_contacts": Permission.SEE_RECORDS,
    "transfer.examine_members": Permission.KEEP_MEMBERS,
    "transfer.import_batches": Permission.KEEP_MEMBERS,
    "transfer.import_members": Permission.KEEP_MEMBERS,
    "transfer.import_report": Permission.KEEP_MEMBERS,
    "transfer.read_member_file": Permission.KEEP_MEMBERS,
    "undo.undo_batch": Permission.KEEP_MEMBERS,
    "undo.forget_old_batches": Permission.KEEP_MEMBERS,
    "undo.list_batches": Permission.KEEP_MEMBERS,
    "undo.batch_about": Permission.KEEP_MEMBERS,
    "networks.adopt_bodies": Permission.CHANGE_SETTINGS,
    "networks.add_body": Permission.CHANGE_SETTINGS,
    "networks.rename_body": Permission.CHANGE_SETTINGS,
    "networks.set_rhythm": Permission.CHANGE_SETTINGS,
    "networks.remove_rhythm": Permission.CHANGE_SETTINGS,
    "networks.give_seat": Permission.CHANGE_SETTINGS,
    "networks.change_seat": Permission.CHANGE_SETTINGS,
    "networks.log_meeting": Permission.LOG_NETWORKS,
    "networks.change_meeting": Permission.LOG_NETWORKS,
    "networks.note_attendance": Permission.LOG_NETWORKS,
    "networks.write_minutes": Permission.LOG_NETWORKS,
    "networks.cancel_meeting": Permission.LOG_NETWORKS,
    "networks.restore_meeting": Permission.LOG_NETWORKS,
    "networks.delete_meeting": Permission.LOG_NETWORKS,
    "networks.list_bodies": Permission.SEE_RECORDS,
    "networks.body_quarters": Permission.SEE_FIGURES,
    "networks.body_card": Permission.SEE_RECORDS,
    "networks.list_meetings": Permission.SEE_RECORDS,
    "networks.list_coming": Permission.SEE_RECORDS,
    "networks.list_unreported": Permission.SEE_RECORDS,
    "networks.meeting_card": Permission.SEE_RECORDS,
    "networks.list_possible_organisers": Permission.SEE_RECORDS,
    "networks.find_persons": Permission.SEE_RECORDS,
    "people.add_contact_point": Permission.KEEP_MEMBERS,
    "people.add_person": Permission.KEEP_MEMBERS,
    "people.add_post": Permission.KEEP_MEMBERS,
    "people.caller_card": Permission.SEE_RECORDS,
    "people.end_contact_point": Permission.KEEP_MEMBERS,
    "people.end_post": Permission.KEEP_MEMBERS,
    "people.find_callers": Permission.SEE_RECORDS,
    "plan.next_dates": Permission.SEE_FIGURES,
    "figures.response_times": Permission.SEE_FIGURES,
    "figures.support_quarter": Permission.SEE_FIGURES,
    "figures.press_quarter": Permission.SEE_FIGURES,
    "plan.adopt_plan": Permission.CHANGE_SETTINGS,
    "plan.revise_reading": Permission.CHANGE_SETTINGS,
    "plan.progress": Permission.SEE_FIGURES,
    "plan.records_behind": Permission.SEE_FIGURES,
    "cases.add_topic": Permission.CHANGE_SETTINGS,
    "cases.adopt_topics": Permission.CHANGE_SETTINGS,
    "cases.list_topics": Permission.CHANGE_SETTINGS,
    "cases.rename_topic": Permission.CHANGE_SETTINGS,
    "cases.restore_topic": Permission.CHANGE_SETTINGS,
    "cases.retire_topic": Permission.CHANGE_SETTINGS,
    "change_log.list_entries": Permission.SEE_CHANGE_LOG,
    "change_log.list_actors": Permission.SEE_CHANGE_LOG,
    "office.office_hours": Permission.CHANGE_SETTINGS,
    "office.preview_office_hours": Permission.CHANGE_SETTINGS,
    "office.set_office_hours": Permission.CHANGE_SETTINGS,
    "office.set_half_days": Permission.CHANGE_SETTINGS,
    "office.add_exception": Permission.CHANGE_SETTINGS,
    "office.remove_exception": Permission.CHANGE_SETTINGS,
    "users.add_user": Permission.MANAGE_USERS,
    "users.invite_again": Permission.MANAGE_USERS,
    "users.disable_user": Permission.MANAGE_USERS,
    "users.enable_user": Permission.MANAGE_USERS,
    "users.change_role": Permission.MANAGE_USERS,
    "users.list_users": Permission.MANAGE_USERS,
    "users.user_by_email": Permission.MANAGE_USERS,
    "users.list_colleagues": Permission.SEE_RECORDS,
    "users.change_own_password": Permission.OWN_ACCOUNT,
    "users.set_language": Permission.OWN_ACCOUNT,
    "users.set_shortcuts": Permission.OWN_ACCOUNT,
    "users.own_address": Permission.OWN_ACCOUNT,
    "users.list_own_sessions": Permission.OWN_ACCOUNT,
    "users.end_other_sessions": Permission.OWN_ACCOUNT,
}
