"""A Streamlit session id is no proof of anything: it stands in upload addresses and logs, and colleagues may see it."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from tests.gate.serving import Served


def test_a_known_screen_without_a_cookie_is_refused(served: Served) -> None:
    with served.screen(served.sign_in(served.add("Kari Nordmann"))) as kari:
        kari.run()
        with pytest.raises(InvalidStatus) as refused, served.screen(None, existing=kari.id):
            pass
    assert refused.value.response.status_code == 403


def test_a_colleague_who_sends_karis_screen_id_gets_a_fresh_screen_and_kari_keeps_hers(served: Served) -> None:
    with served.screen(served.sign_in(served.add("Kari Nordmann"))) as kari:
        kari.run()
        with served.screen(served.sign_in(served.add("Ola Nordmann")), existing=kari.id) as ola:
            assert "signed in as Ola Nordmann" in ola.run()
            assert ola.id != kari.id
        assert "signed in as Kari Nordmann" in kari.run()


def test_karis_own_other_session_does_not_take_over_either(served: Served) -> None:
    """Signed out and in again: the old screen belongs to the session that ended."""
    user = served.add("Kari Nordmann")
    with served.screen(served.sign_in(user)) as first:
        first.run()
        with served.screen(served.sign_in(user), existing=first.id) as second:
            second.run()
            assert second.id != first.id


def test_a_browser_that_lost_its_connection_gets_its_own_screen_back(served: Served) -> None:
    """The control: with the same cookie the same id is the same screen, or the tests above would prove nothing."""
    token = served.sign_in(served.add("Kari Nordmann"))
    with served.screen(token) as before:
        before.run()
    with served.screen(token, existing=before.id) as after:
        after.run()
        assert after.id == before.id


def test_the_identity_header_from_outside_is_thrown_away(served: Served) -> None:
    kari, ola = served.add("Kari Nordmann"), served.add("Ola Nordmann")
    karis_token = served.sign_in(kari)
    with served.screen(karis_token) as screen:
        screen.run()
    forged = {"X-Kulturcrm-Session": karis_token}
    with served.screen(served.sign_in(ola), headers=forged) as screen:
        assert "signed in as Ola Nordmann" in screen.run()
    with pytest.raises(InvalidStatus), served.screen(None, headers=forged):
        pass


def test_an_upload_to_somebody_elses_screen_is_refused(served: Served) -> None:
    karis, olas = (served.sign_in(served.add(name)) for name in ("Kari Nordmann", "Ola Nordmann"))
    with served.screen(karis) as kari:
        kari.run()
        path, file = f"/_stcore/upload_file/{kari.id}/1", {"file": ("medlemmer.csv", b"Navn\n", "text/csv")}
        for token, answer in ((olas, 403), (karis, 204)):
            with served.client(token) as browser:
                browser.get("/_stcore/health")
                headers = {"X-Xsrftoken": browser.cookies.get("_streamlit_xsrf", "")}
                assert browser.put(path, files=file, headers=headers).status_code == answer
                assert browser.delete(path, headers=headers).status_code == answer


def test_a_download_on_somebody_elses_screen_is_refused(served: Served) -> None:
    karis, olas = (served.sign_in(served.add(name)) for name in ("Kari Nordmann", "Ola Nordmann"))
    with served.screen(karis) as kari:
        kari.run()
        (address,) = kari.media
        with served.client(olas) as browser:
            refused = browser.get(address)
        with served.client(karis) as browser:
            given = browser.get(address)
    assert (refused.status_code, refused.text) == (403, "403")
    assert (given.status_code, given.text) == (200, "kun for Kari Nordmann")


def test_a_download_that_is_clicked_while_its_screen_runs_again_is_given(served: Served) -> None:
    """A download button starts a run and the download at once, and a run forgets its files until it has made them anew."""
    token = served.sign_in(served.add("Kari Nordmann"))
    with served.screen(token) as kari, served.client(token) as browser:
        for _ in range(10):
            kari.media.clear()
            kari.run()
            assert browser.get(kari.media[0]).status_code == 200
