"""The report in a real browser: headless Chromium of the system, driven through its driver."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mujaz.eval.comparison import Contest
from mujaz.eval.report import report_files
from mujaz.eval.report_segments import segment_rows
from mujaz.eval.systems import Field, checked

from .contests import HOSTILE, field, held

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.chrome.options import Options  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

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
def own() -> Contest:
    return held(field(hostile=True))


@pytest.fixture(scope="module")
def address(own: Contest, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    for name, text in report_files(own).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return (folder / "report.html").as_uri()


@pytest.fixture
def page(browser: Any, address: str) -> Any:
    _emulate(browser, "light", 1280)
    browser.get(address)
    return browser


def _emulate(browser: Any, scheme: str, width: int) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _id(page: Any, name: str) -> Any:
    return page.find_element(By.ID, name)


def _count(page: Any) -> str:
    return _id(page, "count").text


def _settle(page: Any) -> None:
    """Wait until nothing of the page has been drawn anew for a while."""
    page.execute_async_script(
        "const done = arguments[0]; let timer = setTimeout(finish, 250);"
        "const watch = new MutationObserver(() => {"
        "  clearTimeout(timer); timer = setTimeout(finish, 250); });"
        "function finish() { watch.disconnect(); done(); }"
        "watch.observe(document.body, {childList: true, subtree: true});"
    )


def _wait(page: Any, count: str) -> None:
    wait = WebDriverWait(page, 5, poll_frequency=0.05)
    wait.until(lambda _: _count(page).startswith(count), f"{count!r} was waited for")
    _settle(page)


def _choose(page: Any, name: str, text: str) -> None:
    Select(_id(page, name)).select_by_visible_text(text)


def _type(page: Any, name: str, text: str) -> None:
    _id(page, name).clear()
    _id(page, name).send_keys(text)


def _segments(page: Any) -> list[Any]:
    return page.find_elements(By.CSS_SELECTOR, "article.segment")


def test_opens_without_a_word_of_complaint_or_a_request(page: Any) -> None:
    assert _count(page) == "60 of 60 segments; showing 1–25"
    assert len(_segments(page)) == 25
    assert page.get_log("browser") == []
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_no_script_of_the_texts_runs_and_all_of_it_is_shown(page: Any) -> None:
    _choose(page, "order", "As in the file")
    _choose(page, "size", "100")
    _wait(page, "60 of 60 segments; showing 1–60")
    cells = page.find_elements(By.CSS_SELECTOR, "article:nth-of-type(-n+8) [data-system='0'] .text")
    shown = [cell.get_attribute("textContent") for cell in cells]
    assert shown[0] == HOSTILE[0]
    assert shown[1] == HOSTILE[1]
    assert shown[2] == HOSTILE[2]
    assert shown[5:8] == list(HOSTILE[5:8])
    assert page.execute_script("return window.__hacked") is None
    assert page.find_elements(By.CSS_SELECTOR, "article img, article script, article b b") == []


def test_the_policy_stops_a_script_that_got_in_all_the_same(page: Any) -> None:
    page.execute_script("""
        const script = document.createElement("script");
        try { script.textContent = "window.__hacked = 8"; } catch (error) {}
        document.body.append(script);
        const button = document.createElement("button");
        try { button.setAttribute("onclick", "window.__hacked = 9"); } catch (error) {}
        document.body.append(button);
        button.click();
        setTimeout.call(window, () => { try { eval("window.__hacked = 11"); } catch (error) {} });
        try { document.body.innerHTML += "<img src=x onerror='window.__hacked = 10'>"; }
        catch (error) { window.refused = error.name; }
    """)
    assert page.execute_script("return [window.__hacked, window.refused]") == [None, "TypeError"]


def test_overrides_are_named_and_do_not_turn_the_text(page: Any) -> None:
    _type(page, "search", "evil")
    _wait(page, "1 of 60")
    cell = page.find_element(By.CSS_SELECTOR, "[data-system='0'] .text")
    signs = cell.find_elements(By.CSS_SELECTOR, ".sign")
    assert [sign.text for sign in signs] == ["RLO", "PDF", "LRI", "PDI"]
    assert signs[0].accessible_name == "U+202E right-to-left override"
    assert "\u202e" not in _id(page, "results").get_attribute("textContent")
    # The letters of "evil" run from left to right.
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
        cell,
    )
    assert places == sorted(places)
    assert len(set(places)) == 4


def test_separators_are_named(page: Any) -> None:
    _type(page, "search", "first line")
    _wait(page, "1 of 60")
    cell = page.find_element(By.CSS_SELECTOR, "[data-system='0'] .text")
    assert [sign.text for sign in cell.find_elements(By.CSS_SELECTOR, ".sign")] == ["LS", "PS"]


def test_arabic_runs_from_right_to_left_and_english_from_left(page: Any) -> None:
    _type(page, "search", "news-20")
    _wait(page, "1 of 60")
    source, reference = page.find_elements(By.CSS_SELECTOR, ".given .text")
    style = (
        "const s = getComputedStyle(arguments[0]); return [s.direction, s.textAlign, s.unicodeBidi]"
    )
    assert page.execute_script(style, source) == ["rtl", "right", "isolate"]
    assert source.get_attribute("lang") == "ar"
    assert page.execute_script(style, reference)[0] == "ltr"
    # Arabic is a little larger than English, once: a mark inside it is as large.
    sizes = page.execute_script(
        "const mark = document.createElement('mark'); arguments[0].append(mark);"
        "return [arguments[0], mark].map((e) => getComputedStyle(e).fontSize)",
        source,
    )
    assert sizes[0] == sizes[1]
    assert reference.get_attribute("lang") == "en"


def test_search_folds_arabic_and_case(page: Any) -> None:
    _type(page, "search", "NEWS-4")
    _wait(page, "10 of 60")  # 40 to 49; the id of 4 is hostile
    _type(page, "search", "المِعرَض الدولى")
    page.execute_script("document.activeElement.blur()")
    wanted = sum(
        "المعرض الدولي" in text for text in field(hostile=True).systems[0].segments.sources
    )
    _wait(page, f"{wanted} of 60")
    _type(page, "search", "no such words")
    _wait(page, "0 of 60")
    assert _segments(page) == []
    assert "No segment is like that." in _id(page, "results").text
    page.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    _wait(page, "60 of 60")


def test_filters(page: Any, own: Contest) -> None:
    Select(_id(page, "domain")).select_by_index(2)
    _wait(page, "20 of 60")
    Select(_id(page, "domain")).select_by_index(0)
    lengths = own.lengths
    _type(page, "short", "10")
    _type(page, "long", "15")
    _wait(page, f"{sum(10 <= n <= 15 for n in lengths)} of 60")
    for name in ("short", "long"):
        _id(page, name).clear()
    # Scores of the left side, in the measure that is chosen.
    _choose(page, "measure", "chrf")
    _choose(page, "whose", "left")
    _type(page, "high", "70")
    low = sum(value <= 70 for value in own.by_segment[0][:, 1].round(3))
    assert 0 < low < 60
    _wait(page, f"{low} of 60")
    _choose(page, "whose", "difference, right − left")
    _type(page, "high", "-20")
    gaps = own.by_segment[1][:, 1].round(3) - own.by_segment[0][:, 1].round(3)
    _wait(page, f"{int((gaps <= -20).sum())} of 60")


def test_findings_are_a_filter(page: Any, own: Contest) -> None:
    names = [option.text for option in Select(_id(page, "finding")).options]
    assert "length" in names or "number" in names
    rows = segment_rows(replace(own, field=Field(tuple(map(checked, own.field.systems)))))
    some = sum(any(output["findings"] for output in row["outputs"][:2]) for row in rows)
    assert 0 < some < 60
    _choose(page, "finding", "any finding")
    _wait(page, f"{some} of 60")
    _choose(page, "finding", "none")
    _wait(page, f"{60 - some} of 60")
    assert page.find_elements(By.CSS_SELECTOR, ".findings") == []


def test_the_largest_difference_is_first_for_every_pair(page: Any, own: Contest) -> None:
    _choose(page, "right", "نظام ثالث")
    _choose(page, "size", "100")
    _wait(page, "60 of 60 segments; showing 1–60")
    gaps = abs(own.by_segment[2][:, 1] - own.by_segment[0][:, 1])
    first = own.field.systems[0].segments.ids[int(gaps.argmax())]
    assert _segments(page)[0].find_element(By.CSS_SELECTOR, "h3").text.endswith(first)
    assert "نظام ثالث on the right" in _id(page, "asked").text
    outputs = _segments(page)[0].find_elements(By.CSS_SELECTOR, ".output")
    assert [output.get_attribute("data-system") for output in outputs] == ["0", "2"]
    _id(page, "all").click()
    _settle(page)
    assert len(_segments(page)[0].find_elements(By.CSS_SELECTOR, ".output")) == 3


def test_wording_is_marked_by_lines_and_not_by_colour_alone(page: Any) -> None:
    lines = {
        name: page.execute_script(
            "return getComputedStyle(document.querySelector(arguments[0])).textDecorationStyle",
            f"article mark.{name}",
        )
        for name in ("gain", "own")
    }
    assert lines == {"gain": "solid", "own": "dashed"}
    for mark in page.find_elements(By.CSS_SELECTOR, "[data-system='1'] mark.own")[:5]:
        assert mark.text.strip()


def test_by_keyboard_alone(page: Any) -> None:
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the segments"
    seen = []
    for _ in range(60):
        page.switch_to.active_element.send_keys(Keys.TAB)
        seen.append(page.switch_to.active_element.get_attribute("id"))
        if seen[-1] == "search":
            break
    page.switch_to.active_element.send_keys("news-3")
    _wait(page, "10 of 60")
    page.switch_to.active_element.send_keys(Keys.CONTROL, "a")
    page.switch_to.active_element.send_keys(Keys.DELETE)
    _wait(page, "60 of 60")
    for name in ("left", "right"):
        page.switch_to.active_element.send_keys(Keys.TAB)
        assert page.switch_to.active_element.get_attribute("id") == name
    page.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    WebDriverWait(page, 5).until(lambda _: "نظام ثالث on the right" in _id(page, "asked").text)
    while page.switch_to.active_element.text != "Next":
        page.switch_to.active_element.send_keys(Keys.TAB)
    page.switch_to.active_element.send_keys(Keys.ENTER)
    _wait(page, "60 of 60 segments; showing 26–50")
    assert page.switch_to.active_element.get_attribute("id") == "results"
    assert _id(page, "place").text == "Page 2 of 3"


def test_every_control_has_a_name(page: Any) -> None:
    controls = page.find_elements(By.CSS_SELECTOR, "input, select, button, a, summary")
    assert len(controls) > 20
    for control in controls:
        assert control.accessible_name.strip(), control.get_attribute("outerHTML")


_CONTRASTS = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const lum = (c) => {
  const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const poor = [];
let seen = 0;
for (let node; (node = walker.nextNode()); ) {
  const own = node.parentElement;
  if (!node.data.trim() || own.closest("script, noscript, svg, option, .skip") ||
      own.matches(":disabled") || !own.checkVisibility()) continue;
  let ground = own, colour;
  do { colour = rgb(getComputedStyle(ground).backgroundColor); ground = ground.parentElement; }
  while (colour[3] === 0 && ground);
  const pair = [lum(rgb(getComputedStyle(own).color)), lum(colour)].sort((a, b) => b - a);
  const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
  seen += 1;
  if (ratio < 4.5) poor.push([ratio, own.className, node.data.slice(0, 30)]);
}
return [seen, poor];
"""


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]
)
def test_looks(browser: Any, address: str, tmp_path: Path, scheme: str, width: int) -> None:
    _emulate(browser, scheme, width)
    browser.get(address)
    seen, poor = browser.execute_script(_CONTRASTS)
    assert seen > 300
    assert poor == []
    # Nothing makes the page wider than the window; wide tables scroll on their own.
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    shot = base64.b64decode(
        browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})["data"]
    )
    (tmp_path / f"{scheme}-{width}.png").write_bytes(shot)
    # The window may have a scroll bar.
    assert width - 20 <= struct.unpack(">II", io.BytesIO(shot).read(24)[16:24])[0] <= width
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 27)")
    columns = browser.execute_script(
        "return [...document.querySelectorAll('article:first-of-type .output')]"
        ".map((e) => e.getBoundingClientRect().left)"
    )
    assert len(set(columns)) == (2 if width > 1000 else 1)  # side by side, or one below the other


def test_on_paper(page: Any) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element(By.ID, "search").is_displayed()
        assert page.find_element(By.CSS_SELECTOR, ".legend").is_displayed()
        # Paper does not scroll: at the width of A4 without its margins the last column is there.
        size = {"width": 720, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        ends = page.execute_script(
            "const right = (cell) => cell.getBoundingClientRect().right;"
            "return [...document.querySelectorAll('td')].map(right)"
        )
        assert max(ends) <= 720
        assert _segments(page)[0].is_displayed()
        assert _id(page, "asked").is_displayed()
        printed = page.execute_cdp_cmd("Page.printToPDF", {})["data"]
        assert base64.b64decode(printed).startswith(b"%PDF")
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_thousands_of_segments_stay_quick(browser: Any, tmp_path: Path) -> None:
    # The page of sixty segments with the rows of its data fifty times over.
    html = report_files(held(field(names=("first", "second")), "chrf", resamples=40))["report.html"]
    block = re.compile('(?<=<script type="application/json" id="data">).*?(?=</script>)', re.S)
    data = json.loads(block.search(html)[0])
    data["rows"] = [row | {"id": f"{n}-{row['id']}"} for n in range(50) for row in data["rows"]]
    path = tmp_path / "large.html"
    path.write_text(block.sub(lambda _: json.dumps(data), html), encoding="utf-8")
    _emulate(browser, "light", 1280)
    browser.get(path.as_uri())
    assert _count(browser) == "3,000 of 3,000 segments; showing 1–25"
    assert len(_segments(browser)) == 25
    # A search through everything, drawn: the wait for the end of typing is not in it.
    spent = browser.execute_script("""
        const box = document.getElementById("search");
        box.value = "المعرض";
        const start = performance.now();
        document.getElementById("form").requestSubmit();
        return performance.now() - start;
    """)
    assert _count(browser).split()[0] not in ("0", "3,000")
    assert spent < 2000  # ms; a fifth of that where nothing else runs
