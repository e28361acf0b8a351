"""The page in a real browser: headless Chromium of the system, driven through its driver."""

from __future__ import annotations

import base64
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mujaz.arabic import article_from_text, sentences
from mujaz.brief import BriefSentence
from mujaz.brief.page import as_page
from mujaz.summarize import Reading

from .pages import ARTICLE, FOUND, bridge

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.chrome.options import Options  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no Chromium with its driver on this machine"
)

_SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = Options()
    options.binary_location = CHROMIUM or ""
    for switch in (*_SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    # Long enough that the article has to scroll, with a sentence of the brief at its end.
    filler = "\n\n".join(f"وقال المتحدث رقم {n} إن العمل مستمر." for n in range(8000))
    long = article_from_text(f"وصل الوفد أمس.\n\n{filler}\n\nوعاد الوفد اليوم.", id="long")
    found = sentences(long)
    first, last = (
        BriefSentence(text, own.text, own.start, own.end, (number,))
        for text, own, number in (
            ("The delegation arrived yesterday.", found[0], 0),
            ("The delegation returned today.", found[-1], len(found) - 1),
        )
    )
    read = Reading(len(found), len(found))
    pages = {
        "bridge": as_page(bridge(), ARTICLE),
        "alone": as_page(bridge()),
        "long": as_page(bridge(first, last, headline=first, title=long.title, read=read), long),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


@pytest.fixture
def page(browser: Any, addresses: dict[str, str]) -> Any:
    return _opened(browser, addresses["bridge"])


def _opened(
    browser: Any, address: str, scheme: str = "light", width: int = 1280, media: str = ""
) -> Any:
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")  # else a page that is open already would only scroll
    browser.get(address)
    return browser


def _id(page: Any, name: str) -> Any:
    return page.find_element(By.ID, name)


def _current(page: Any) -> set[str]:
    found = page.find_elements(By.CSS_SELECTOR, "[aria-current='true']")
    return {element.get_attribute("id") for element in found}


def _in_sight(page: Any, name: str) -> bool:
    """Whether all of it is within the window and within whatever scrolls around it."""
    return bool(
        page.execute_script(
            """
            const own = document.getElementById(arguments[0]);
            const box = own.getBoundingClientRect();
            const pane = own.closest(".pane");
            const frames = [{ top: 0, bottom: innerHeight }];
            if (pane) frames.push(pane.getBoundingClientRect());
            return frames.every((f) => box.top >= f.top - 1 && box.bottom <= f.bottom + 1);
            """,
            name,
        )
    )


def _style(page: Any, element: Any, name: str) -> str:
    return str(
        page.execute_script("return getComputedStyle(arguments[0])[arguments[1]]", element, name)
    )


def _focused(page: Any) -> str:
    return str(page.switch_to.active_element.get_attribute("id"))


def test_opens_without_a_word_of_complaint_or_a_request(page: Any) -> None:
    assert page.get_log("browser") == []
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert page.execute_script("return document.documentElement.className") == "live"
    assert _current(page) == set()


def test_a_click_on_the_english_shows_its_arabic(page: Any) -> None:
    before = _style(page, _id(page, "a-2"), "backgroundColor")
    _id(page, "s1").click()
    assert _current(page) == {"s1", "a-2"}
    assert _focused(page) == "a-2"
    assert _style(page, _id(page, "a-2"), "backgroundColor") != before
    _id(page, "s3").click()
    assert _current(page) == {"s3", "a-4", "a-5"}
    assert _focused(page) == "a-4"
    page.find_element(By.CSS_SELECTOR, "a[data-of=s3][href='#a-5']").click()
    assert _current(page) == {"s3", "a-4", "a-5"}
    assert _focused(page) == "a-5"


def test_a_click_on_the_arabic_shows_its_english(page: Any) -> None:
    _id(page, "a-5").click()
    assert _current(page) == {"s3", "a-5"}
    assert _focused(page) == "s3"
    _id(page, "a-1").click()
    assert _current(page) == {"s0", "a-1"}
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert _current(page) == set()


def test_the_other_side_scrolls_into_sight_and_back_returns(
    browser: Any, addresses: dict[str, str]
) -> None:
    for width in (1280, 390):
        page = _opened(browser, addresses["long"], width=width)
        last = page.find_elements(By.CSS_SELECTOR, ".pane .link")[-1].get_attribute("id")
        assert not _in_sight(page, last)
        # Beside each other the English stays in sight, below each other it goes out of it.
        _id(page, "s2").click()
        assert _in_sight(page, last)
        assert _in_sight(page, "s2") is (width > 1000)
        _id(page, last).click()
        assert _in_sight(page, "s2")
        page.back()
        WebDriverWait(page, 5).until(lambda own, last=last: _focused(own) == last)
        assert _in_sight(page, last)
        assert _current(page) == {"s2", last}


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_by_keyboard_alone(page: Any, key: str) -> None:
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the brief"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    page.switch_to.active_element.send_keys(Keys.TAB)
    assert _focused(page) == "s1"
    page.switch_to.active_element.send_keys(key)
    assert _focused(page) == "a-2"
    assert _current(page) == {"s1", "a-2"}
    page.switch_to.active_element.send_keys(key)
    assert _focused(page) == "s1"
    # Then on through the brief, in the order in which it is read.
    seen = []
    while "a-6" not in seen and len(seen) < 40:
        page.switch_to.active_element.send_keys(Keys.TAB)
        seen.append(_focused(page))
    assert [id for id in seen if id in ("s2", "s3", "s4", "s5", "a-1", "a-2", "a-6")] == [
        "s2", "s3", "s4", "a-1", "a-2", "a-6",
    ]  # fmt: skip


def test_focus_can_be_seen(page: Any) -> None:
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB, Keys.TAB)
    own = page.switch_to.active_element
    assert _style(page, own, "outlineStyle") == "solid"
    assert _style(page, own, "outlineWidth") == "3px"


def test_an_address_with_a_sentence_opens_at_it(browser: Any, addresses: dict[str, str]) -> None:
    page = _opened(browser, f"{addresses['bridge']}#s3")
    assert _current(page) == {"s3", "a-4", "a-5"}
    assert _in_sight(page, "s3")


def test_without_script_the_links_still_lead_and_show(
    browser: Any, addresses: dict[str, str]
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = _opened(browser, addresses["bridge"])
        ground = _id(page, "a-2").value_of_css_property("background-color")
        _id(page, "s1").click()
        assert page.current_url.endswith("#a-2")
        assert _id(page, "a-2").value_of_css_property("background-color") != ground
        _id(page, "a-2").click()
        assert page.current_url.endswith("#s1")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        browser.get("about:blank")


def test_no_script_of_the_article_runs_and_all_of_it_is_shown(page: Any) -> None:
    assert page.execute_script("return window.hacked") is None
    assert page.find_elements(By.CSS_SELECTOR, ".pane script, .pane img, .pane b") == []
    assert "<script>window.hacked = 1</script> <img src=x onerror=" in _id(page, "a-6").text


def test_the_policy_stops_a_script_that_got_in_all_the_same(page: Any) -> None:
    page.execute_script("""
        const script = document.createElement("script");
        try { script.textContent = "window.hacked = 8"; } catch (error) {}
        document.body.append(script);
        const button = document.createElement("button");
        try { button.setAttribute("onclick", "window.hacked = 9"); } catch (error) {}
        document.body.append(button);
        button.click();
        try { document.body.innerHTML += "<img src=x onerror='window.hacked = 10'>"; }
        catch (error) { window.refused = error.name; }
        window.asked = fetch("http://127.0.0.1:9/").catch((error) => error.name);
    """)
    assert page.execute_script("return [window.hacked, window.refused]") == [None, "TypeError"]
    blocked = "const done = arguments[0]; window.asked.then(done)"
    assert page.execute_async_script(blocked) == "TypeError"
    log = " ".join(entry["message"] for entry in page.get_log("browser"))
    assert "Content Security Policy" in log
    assert "ERR_CONNECTION_REFUSED" not in log  # nobody tried


def test_overrides_are_named_and_do_not_turn_the_text(page: Any) -> None:
    signs = _id(page, "a-6").find_elements(By.CSS_SELECTOR, ".sign")
    assert [sign.text for sign in signs] == ["RLO", "RLO"]
    assert signs[0].accessible_name == "U+202E right-to-left override"
    places = page.execute_script(
        """
        const walker = document.createTreeWalker(arguments[0], NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); ) {
          const at = node.data.indexOf("evil");
          if (at < 0) continue;
          return [0, 1, 2, 3].map((i) => {
            const range = document.createRange();
            range.setStart(node, at + i);
            range.setEnd(node, at + i + 1);
            return range.getBoundingClientRect().left;
          });
        }
        """,
        _id(page, "a-6"),
    )
    assert places == sorted(places)
    assert len(set(places)) == 4


def test_arabic_runs_from_right_to_left_and_english_from_left(page: Any) -> None:
    arabic, english = _id(page, "a-2"), _id(page, "s1")
    assert _style(page, arabic, "direction") == "rtl"
    assert arabic.find_element(By.XPATH, "ancestor::*[@lang][1]").get_attribute("lang") == "ar"
    paragraph = arabic.find_element(By.XPATH, "..")
    assert _style(page, paragraph, "textAlign") == "right"
    assert _style(page, english, "direction") == "ltr"
    # "(12 مليون)" inside an English message: the number is on the right of the word.
    inside = page.find_element(By.CSS_SELECTOR, "#faults-s1 bdi")
    assert inside.text == "12 مليون"
    assert _style(page, inside, "direction") == "rtl"
    lefts = page.execute_script(
        """
        const node = arguments[0].firstChild;
        return [0, node.length - 1].map((i) => {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          return range.getBoundingClientRect().left;
        });
        """,
        inside,
    )
    assert lefts[0] > lefts[1]


def test_findings_are_told_to_those_who_do_not_see_colours(page: Any) -> None:
    described = page.execute_script(
        "return arguments[0].getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id).textContent).join(' ')",
        _id(page, "s1"),
    )
    assert "Rests on Arabic sentence\u00a02" in described
    assert 'Severe a: "12 million" (12 مليون)' in " ".join(described.split())
    lines = {
        name: _style(
            page, page.find_element(By.CSS_SELECTOR, f"mark.{name}"), "textDecorationStyle"
        )
        for name in ("severe", "warning", "info")
    }
    assert lines == {"severe": "double", "warning": "dashed", "info": "dotted"}
    for fault in page.find_elements(By.CSS_SELECTOR, ".faults li"):
        icon = fault.find_element(By.TAG_NAME, "svg")
        assert icon.size["width"] > 10
        assert fault.text.split()[0].strip(":") in ("Severe", "Warning", "Note")


def test_landmarks_headings_and_names(page: Any) -> None:
    roles = [
        (element.aria_role, element.accessible_name)
        for element in page.find_elements(By.CSS_SELECTOR, "header, main, nav, main section")
    ]
    assert roles == [
        ("banner", ""),
        ("navigation", "On this page"),
        ("main", ""),
        ("region", "Brief"),
        ("region", "Article"),
        ("region", "How it was made"),
    ]
    headings = page.find_elements(By.CSS_SELECTOR, "h1, h2, h3, h4")
    assert [heading.tag_name for heading in headings] == ["h1", "h2", "h2", "h3", "h2"]
    for control in page.find_elements(By.CSS_SELECTOR, "a, summary, [tabindex='0']"):
        assert control.accessible_name.strip(), control.get_attribute("outerHTML")


def test_the_text_can_be_selected_with_the_mouse(page: Any) -> None:
    box = _id(page, "s2").rect
    y = box["y"] + 10
    for kind, x in (("mousePressed", 2), ("mouseMoved", 90), ("mouseReleased", 90)):
        page.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": box["x"] + x, "y": y, "button": "left", "buttons": 1,
             "clickCount": 1},
        )  # fmt: skip
    assert len(page.execute_script("return getSelection().toString()")) > 3
    assert _current(page) == set()


_CONTRASTS = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const lum = (c) => {
  const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const poor = [];
let seen = 0;
const judge = (own, pseudo, text) => {
  let ground = own, colour;
  do { colour = rgb(getComputedStyle(ground).backgroundColor); ground = ground.parentElement; }
  while (colour[3] === 0 && ground);
  const pair = [lum(rgb(getComputedStyle(own, pseudo).color)), lum(colour)].sort((a, b) => b - a);
  const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
  seen += 1;
  if (ratio < 4.5) poor.push([ratio, own.className, pseudo, text]);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode()); ) {
  const own = node.parentElement;
  if (!node.data.trim() || own.closest("script, .skip, .hidden")) continue;
  if (!own.checkVisibility()) continue;
  judge(own, null, node.data.slice(0, 30));
}
for (const mark of document.querySelectorAll("mark")) judge(mark, "::after", mark.textContent);
return [seen, poor];
"""


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]
)
def test_looks(
    browser: Any, addresses: dict[str, str], tmp_path: Path, scheme: str, width: int
) -> None:
    for name in ("alone", "bridge"):
        page = _opened(browser, addresses[name], scheme, width)
        page.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
        _id(page, "s1").click()  # what is highlighted has a ground of its own
        seen, poor = page.execute_script(_CONTRASTS)
        assert seen > 60
        assert poor == []
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
    shot = base64.b64decode(page.execute_cdp_cmd("Page.captureScreenshot", {})["data"])
    (tmp_path / f"{scheme}-{width}.png").write_bytes(shot)
    assert struct.unpack(">II", shot[16:24]) == (width, 800)
    ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 27)")
    sides = [
        page.find_element(By.CSS_SELECTOR, f"section.{name}").rect for name in ("brief", "source")
    ]
    if width > 1000:  # beside each other
        assert sides[1]["x"] >= sides[0]["x"] + sides[0]["width"]
    else:  # the article below the brief
        assert sides[1]["y"] >= sides[0]["y"] + sides[0]["height"]


def test_long_words_do_not_widen_a_phone(browser: Any, tmp_path: Path) -> None:
    word = "x" * 400
    entry = BriefSentence(word, f"{word} نص", names=())
    path = tmp_path / "wide.html"
    made = bridge(entry, headline=entry, origin=f"news/{word}.txt", title=word)
    path.write_text(as_page(made), encoding="utf-8")
    page = _opened(browser, path.as_uri(), width=320)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 320


def test_a_letter_stays_on_the_line_of_its_word(browser: Any, addresses: dict[str, str]) -> None:
    page = _opened(browser, addresses["bridge"])
    heights = """
        const mark = document.querySelector("#s1 mark.info"), around = mark.closest(".entry");
        const found = [];
        for (let width = 300; width < 560; width += 4) {
          around.style.width = `${width}px`;
          // "al-Saadawi" may break at its hyphen; its letter makes no line of its own.
          const range = document.createRange();
          range.selectNodeContents(mark);
          found.push([mark.getClientRects().length, range.getClientRects().length]);
        }
        return found;
    """
    found = page.execute_script(heights)
    assert len({width for width, _ in found}) == 2  # it was at the end of a line at some widths
    assert [whole for whole, _ in found] == [text for _, text in found]


def test_on_paper(browser: Any, addresses: dict[str, str], tmp_path: Path) -> None:
    page = _opened(browser, addresses["bridge"], "dark", media="print")
    assert (
        page.execute_script(
            "return getComputedStyle(document.documentElement).getPropertyValue('--ground')"
        )
        == "#ffffff"
    )
    assert _style(page, page.find_element(By.TAG_NAME, "body"), "backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert not page.find_element(By.TAG_NAME, "nav").is_displayed()
    for table in page.find_elements(By.CSS_SELECTOR, "details table"):
        # Not `is_displayed`, which takes all that is in a closed fold for hidden.
        assert page.execute_script("return arguments[0].checkVisibility()", table)
    pane = page.find_element(By.CLASS_NAME, "pane")
    assert _style(page, pane, "overflowY") == "visible"
    printed = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", {})["data"])
    path = tmp_path / "page.pdf"
    path.write_bytes(printed)
    import pypdfium2

    with pypdfium2.PdfDocument(path) as paper:
        text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    for part in ("its letters, a guess", "Severe", "How it was made", "Why: it is installed"):
        assert part in " ".join(text.split())
    # Afterwards what was folded is folded again.
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert page.find_elements(By.CSS_SELECTOR, "details[open]") == []


def test_a_long_article_opens_and_answers_quickly(browser: Any, addresses: dict[str, str]) -> None:
    page = _opened(browser, addresses["long"])
    spent = page.execute_script("""
        const start = performance.now();
        document.getElementById("s2").click();
        document.body.getBoundingClientRect();
        return performance.now() - start;
    """)
    assert spent < 2000  # ms; a twentieth of that where nothing else runs
    assert len(FOUND) < 10 < page.execute_script("return document.querySelectorAll('p').length")
