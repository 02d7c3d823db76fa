"""Whatever happens to a camera and a microphone, what somebody closed stays closed, until they open it themselves."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from server.http import parts
from tests.browser.looking import examine
from tests.browser.pluggable import arrived, comes, devices, listening, nothing_came, pluggable, reset
from tests.browser.windows import INTO_A_SEAT, PHONE, Window, browser, enter, type_code, watched
from tests.server.http.house import House, house
from tests.serving import eventually

pytestmark = [pytest.mark.browser, pytest.mark.rule("X9")]

KINDS = ("videoinput", "audioinput")
MICROPHONE = {
    "cand": "#dock-mic", "emp": '.j-own-dock [aria-label$="le micro"]', "aid": '.j-own-dock [aria-label$="le micro"]'}
CAMERA = {"cand": "#dock-cam", "emp": '.j-own-dock [aria-label$="la caméra"]',
          "aid": '.j-own-dock [aria-label$="la caméra"]'}
CHOOSE = {"cand": "#dock-devices", "emp": "[data-devices]", "aid": "[data-devices]"}


async def people(home: House, chromium: Browser, name: str) -> tuple[Window, Window]:
    """Who closes, and who would see and hear them."""
    await home.to_questions()
    who = await enter(chromium, f"{home.url}/i/{home.tokens[name]}", before=pluggable)
    other = "own" if name == "cand" else "cand"
    viewer = await enter(chromium, f"{home.url}/i/{home.tokens[other]}", before=listening)
    await comes(viewer, sound=True, picture=True)
    return who, viewer


async def close_both(who: Window, name: str, viewer: Window) -> None:
    await who.page.click(MICROPHONE[name])
    await who.page.click(CAMERA[name])
    await comes(viewer, sound=False, picture=False)
    await reset(viewer)


async def replug(who: Window) -> None:
    """Both out, and in again."""
    for kind in KINDS:
        await devices(who, "unplug", kind)
    await who.page.wait_for_timeout(300)
    for kind in KINDS:
        await devices(who, "plug", kind)
    await has_both(who)


async def has_both(who: Window) -> None:
    async def there() -> bool:
        return await devices(who, "live") == 2

    await eventually(there)

FURTHER_AID = pytest.param("aid", marks=pytest.mark.further)
"""The aid's page has the same parts as the juror's."""


@pytest.mark.parametrize("name", ["cand", "emp", FURTHER_AID])
async def test_no_change_of_device_opens_what_was_closed(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        who, viewer = await people(home, chromium, name)
        await close_both(who, name, viewer)
        await replug(who)
        await nothing_came(viewer)
        # The permission taken back in the browser's settings, and given again.
        for kind in KINDS:
            await devices(who, "refuse", kind, "NotAllowedError", "Permission denied")
        await who.see('#banners >> text="Le navigateur n’a pas le droit d’ouvrir le micro."')
        for kind in KINDS:
            await devices(who, "allow", kind)
        await has_both(who)
        await nothing_came(viewer)
        # Another device, chosen.
        await devices(who, "plug", "audioinput", "Micro B")
        await who.page.click(CHOOSE[name])
        await who.page.select_option('dialog select[data-kind="audioinput"]', label="Micro B")
        await has_both(who)
        await who.page.keyboard.press("Escape")
        await nothing_came(viewer)
        await who.page.reload()
        await has_both(who)
        await nothing_came(viewer)
        # … and it opens when its own button is pressed.
        await who.page.click(MICROPHONE[name])
        await comes(viewer, sound=True, picture=False)
        await who.page.click(CAMERA[name])
        await comes(viewer, sound=True, picture=True)


async def test_what_was_closed_is_closed_in_a_second_tab_and_in_the_browser_that_takes_over(tmp_path: Path) -> None:
    async with (house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium,
                browser(playwright) as elsewhere):
        who, viewer = await people(home, chromium, "emp")
        await close_both(who, "emp", viewer)
        second = watched(await who.context.new_page(), who.context)
        await pluggable(second)
        await second.page.goto(who.page.url)
        await has_both(second)
        await nothing_came(viewer)
        # Opened in the one, closed again in the other: one person, one word.
        await second.page.click(MICROPHONE["emp"])
        await comes(viewer, sound=True, picture=False)
        await who.page.click(MICROPHONE["emp"])
        await comes(viewer, sound=False, picture=False)
        await reset(viewer)
        # The tab that has lost the seat has its devices unplugged: it takes nothing back, and nothing comes.
        await replug(who)
        await second.page.close()
        await nothing_came(viewer)

        link = f"{home.url}/i/{home.tokens['emp']}"
        context = await elsewhere.new_context(locale="fr-FR", permissions=["camera", "microphone"])
        third = watched(await context.new_page(), context)
        await pluggable(third)
        await third.page.goto(link)
        await third.page.click("form button.main")
        await type_code(third.page, home.code)
        await third.page.wait_for_url("**/space/**", wait_until="commit")
        await third.page.click(INTO_A_SEAT)
        await type_code(third.page, home.code)
        await third.page.wait_for_url("**/seat/**", wait_until="commit")
        await has_both(third)
        await nothing_came(viewer)
        await third.page.click(MICROPHONE["emp"])
        await comes(viewer, sound=True, picture=False)


async def test_what_was_closed_while_the_line_was_cut_is_closed_after_a_reload(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        who, viewer = await people(home, chromium, "cand")
        await who.page.route("**/closed", lambda route: route.abort())
        await close_both(who, "cand", viewer)
        await who.page.unroute("**/closed")
        await who.page.route("**/closed", lambda route: route.abort(), times=1)
        await who.page.reload()
        await has_both(who)
        await nothing_came(viewer)


LOST = {"audioinput": "Votre micro n’est plus là.", "videoinput": "Votre caméra n’est plus là."}
BACK = {"audioinput": "Votre micro est de nouveau là.", "videoinput": "Votre caméra est de nouveau là."}


@pytest.mark.parametrize("name", ["cand", "emp", FURTHER_AID])
async def test_who_loses_a_device_is_told_in_words_until_there_is_one(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        who, viewer = await people(home, chromium, name)
        await devices(who, "unplug", "audioinput")
        await who.see(f'#banners >> text="{LOST["audioinput"]}"')
        await who.see("#banners >> text=Les autres ne vous entendent pas.")
        await who.page.wait_for_selector(f'#announcer >> text={LOST["audioinput"]}', state="attached")
        wrong = await examine(who, f"lost-{name}", tmp_path)
        await comes(viewer, sound=False, picture=True)
        await devices(who, "plug", "audioinput")
        await who.page.wait_for_selector(f'#banners >> text="{LOST["audioinput"]}"', state="detached")
        await who.see(f'#banners >> text="{BACK["audioinput"]}"')
        await comes(viewer, sound=True, picture=True)
        # Closed, then lost: it will stay closed, and that is said.
        await who.page.click(MICROPHONE[name])
        await devices(who, "unplug", "audioinput")
        await who.see("#banners >> text=Vous l’aviez fermé : il le restera.")
        await devices(who, "plug", "audioinput")
        await who.see('#banners >> text="Il est fermé, comme vous l’aviez laissé."')
        await who.page.click(MICROPHONE[name])
        # Another stands in: said, as is that it is silent.
        await devices(who, "plug", "audioinput", "Micro B")
        await devices(who, "unplug", "audioinput", "Micro A")
        await who.see('#banners >> text="Votre micro est maintenant « Micro B »."')
        wrong += await examine(who, f"moved-{name}", tmp_path)
        await comes(viewer, sound=True, picture=True)
        await devices(who, "mute", "audioinput", True)
        await who.see('#banners >> text="Votre micro n’envoie plus de son."')
        await devices(who, "mute", "audioinput", False)
        await who.page.wait_for_selector('#banners >> text="Votre micro n’envoie plus de son."', state="detached")
        assert wrong == []


@pytest.mark.parametrize("name", ["cand", "emp", FURTHER_AID])
async def test_each_chooses_camera_microphone_and_loudspeaker_by_keyboard(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        who, viewer = await people(home, chromium, name)
        for kind, label in (("audioinput", "Micro B"), ("videoinput", "Caméra B")):
            await devices(who, "plug", kind, label)
        await who.page.focus(CHOOSE[name])
        await who.page.keyboard.press("Enter")
        dialog = who.page.get_by_role("dialog", name="Caméra, micro et haut-parleur")
        await dialog.wait_for()
        wrong = await examine(who, f"choose-{name}", tmp_path)
        assert wrong == []
        for label, device in (("Caméra utilisée", "Caméra B"), ("Micro utilisé", "Micro B"),
                              ("Haut-parleur utilisé", "Casque B")):
            field = dialog.get_by_label(label)
            await field.focus()
            await who.page.keyboard.type(device)
            await expect(field.locator("option:checked")).to_have_text(device)
        # Everybody's voice comes out there, and so do the three notes.
        await eventually(lambda: routed(who, "Casque B"))
        await dialog.get_by_role("button", name="Écouter trois notes").click()
        await eventually(lambda: routed(who, "sounds Casque B"))
        assert await who.page.evaluate(
            "() => [...document.querySelectorAll('[data-seat] video')].every(one => one.sinkId === 'Casque B')")
        await comes(viewer, sound=True, picture=True)
        await who.page.keyboard.press("Escape")
        await expect(who.page.locator(CHOOSE[name])).to_be_focused()
        # It goes: the system's own choice is heard, never nothing.
        await devices(who, "unplug", "audiooutput", "Casque B")
        await eventually(lambda: routed(who, ""))


async def routed(who: Window, where: str) -> bool:
    return (await who.page.evaluate("() => window.devices.routed.at(-1)")) == where


REFUSALS = {
    "browser": ("NotAllowedError", "Permission denied", "Le navigateur n’a pas le droit d’ouvrir la caméra."),
    "system": ("NotAllowedError", "Permission denied by system",
               "Le système de cet appareil ne laisse pas le navigateur ouvrir la caméra."),
    "busy": ("NotReadableError", "Could not start video source", "Votre caméra ne répond pas."),
    "none": ("NotFoundError", "", "Aucune caméra n’est branchée."),
}


@pytest.mark.parametrize("name", ["door", "cand", pytest.param("emp", marks=pytest.mark.further), FURTHER_AID])
async def test_who_refuses_the_camera_is_told_apart(tmp_path: Path, name: str) -> None:
    """At the candidate's door, and in the room for each."""
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        seat = "cand" if name == "door" else name
        if name != "door":
            await home.to_questions()
        who = await enter(chromium, f"{home.url}/i/{home.tokens[seat]}", before=pluggable)
        if name == "door":
            await to_the_check(who)
        await has_both(who)
        wrong: list[str] = []
        said = "#check-camera" if name == "door" else "#banners"
        for cause, (error, message, title) in REFUSALS.items():
            if cause == "none":
                await devices(who, "unplug", "videoinput")
            else:
                await devices(who, "refuse", "videoinput", error, message)
            title = LOST["videoinput"] if cause == "none" else title
            await who.see(f'{said} >> text="{title}"')
            wrong += await examine(who, f"{cause}-{name}", tmp_path)
            await devices(who, "plug" if cause == "none" else "allow", "videoinput")
            if cause == "system":
                await who.page.click(f'{said} >> text="Réessayer"')
            elif cause == "busy":
                await devices(who, "plug", "videoinput")
            await has_both(who)
            await who.page.wait_for_selector(f'{said} >> text="{title}"', state="detached")
        assert wrong == []


async def to_the_check(candidate: Window) -> None:
    await candidate.page.check("#rules-read")
    await candidate.page.click("#rules-form button.main")
    await candidate.page.click('[data-screen="identity"] [data-answer="no"]')
    await candidate.see('[data-screen="identity"] [data-answer="no"][aria-pressed="true"]')
    await candidate.page.click("#identity-done")
    await candidate.see("#check-done")


async def test_a_page_that_comes_back_from_the_browsers_memory_sends_nothing_that_was_closed_since(
        tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        who, viewer = await people(home, chromium, "cand")
        leave = "type => dispatchEvent(new PageTransitionEvent(type, {persisted: true}))"
        await who.page.evaluate(leave, "pagehide")
        await home.app[parts.CLOSED].change(home.seat("cand"), camera=True, microphone=True)
        await viewer.page.wait_for_timeout(1500)
        await reset(viewer)
        await who.page.evaluate(leave, "pageshow")
        await who.see("#dock-mic[aria-pressed=false]")
        await has_both(who)
        # Until the first black picture the last one from before stands still: sound tells alone.
        assert (await arrived(viewer))[:2] == (False, True)
        await comes(viewer, sound=False, picture=False)
        await nothing_came(viewer)


async def test_a_phone_that_films_says_what_stands_against_its_camera_and_films_on(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=pluggable)
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}")
        await candidate.page.click("#dock-second")
        await candidate.page.click('dialog >> text="Mon téléphone"')
        code = str(await candidate.page.get_attribute("a.phone-code", "href"))
        context = await chromium.new_context(viewport=PHONE, locale="fr-FR")  # pyright: ignore[reportArgumentType]
        phone = watched(await context.new_page(), context)
        await pluggable(phone)
        await phone.page.goto(code)
        await phone.page.click("text=Filmer la pièce")
        await phone.see('text="Le jury voit cette image."')
        wrong: list[str] = []
        for cause, (error, message, title) in REFUSALS.items():
            if cause == "none":
                continue
            await devices(phone, "refuse", "videoinput", error, message)
            await phone.see(f'#phone-state >> text="{LOST["videoinput"]}"')
            await phone.page.click("#phone-retry")
            await phone.see(f'#phone-state >> text="{title}"')
            wrong += await examine(phone, f"{cause}-phone", tmp_path)
            await devices(phone, "allow", "videoinput")
            await phone.page.click("#phone-retry")
            await phone.see('text="Le jury voit cette image."')
            await juror.sees(candidate.seat, 15, "second")
        assert wrong == []
        # Turned, and stopped while the phone is still asking: nothing lights up again.
        await phone.page.evaluate(
            "() => { for (const id of ['turn', 'stop']) document.querySelector(`#phone-${id}`).click(); }")
        await phone.page.wait_for_timeout(500)
        assert await devices(phone, "live") == 0
