#!/usr/bin/env python3
"""Judge an HTML report: html_judge.py REPORT [FUNCTION CALLER]. Exit 77 without Chromium.

Its text: every tag is closed, every id is there once, every link leads somewhere, nothing is fetched.
In a headless browser: search, a page of a function, back, keys, sorting, filters, without JavaScript, narrow,
wide, light and dark; no console message, no request. FUNCTION is searched for; CALLER is one of its callers.
"""
import re
import sys
from html.parser import HTMLParser

import chromium

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Structure(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.links, self.wrong, self.inline = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.stack.append(tag)
        self.see(attrs)

    def handle_startendtag(self, tag, attrs):
        self.see(attrs)

    def see(self, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"an attribute is there twice: {attrs}")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src"):
                self.links.append(value)
            elif name.startswith("on") or name == "style":
                self.wrong.append(f"inline {name}: {value}")

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else, at {self.getpos()}")


def check(ok, what):
    if not ok:
        sys.exit(f"{sys.argv[1]}: {what}")


def check_text(path):
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    structure = Structure()
    structure.feed(text)
    structure.close()
    check(not structure.wrong and not structure.stack, f"{structure.wrong[:3]} {structure.stack}")
    check(len(structure.ids) == len(set(structure.ids)), "an id is there twice")
    for link in structure.links:
        known = link[1:] in structure.ids or re.fullmatch(r"#[fmp]\d+", link) or link == "data:,"
        check(link.startswith(("#", "data:,")) and known, f"'{link}' leads nowhere")
    check("\0" not in text and text.startswith("<!DOCTYPE html>"), "it is no HTML")


def check_search(page, function, caller):
    page.press("/", "/")
    check(page.run("document.querySelector('#search').open"), "'/' opens no search")
    page.type(function)
    check(page.wait("document.querySelectorAll('#search-results li').length > 0"), "nothing is found")
    names = page.run("[...document.querySelectorAll('#search-results li .code')].map((one) => one.textContent)")
    check(names[0] == function, f"'{function}' is not found first, but {names[:3]}")
    page.press("ArrowDown")
    page.press("ArrowUp")
    page.press("Enter")
    check(page.wait(f"document.querySelector('#page h1')?.textContent === '{function}'"), "Enter leads to no page")
    check(page.run("document.querySelector('#report').hidden"), "the report is still there")
    check(page.run(f"document.title.startsWith('{function} ')"), "the title is not the function's")
    link = f"[...document.querySelectorAll('#page td a')].find((one) => one.textContent === '{caller}')"
    check(page.run(f"{link} !== undefined"), f"'{caller}' is not among the callers")
    page.run(f"{link}.id = 'clicked'")
    page.click("#clicked")
    check(page.wait(f"document.querySelector('#page h1')?.textContent === '{caller}'"), "a click leads to no page")
    page.run("history.back()")
    check(page.wait(f"document.querySelector('#page h1')?.textContent === '{function}'"), "back does not lead back")
    page.press("Escape")
    check(page.wait("!document.querySelector('#report').hidden && document.querySelector('#page').hidden"), "Esc does not leave the page")


def check_keys(page):
    before = page.run("getComputedStyle(document.body).backgroundColor")
    page.press("t", "t")
    check(page.run("getComputedStyle(document.body).backgroundColor") != before, "'t' does not change the theme")
    page.press("?", "?")
    check(page.run("document.querySelector('#help').open"), "'?' shows no keys")
    page.press("Escape")
    check(page.wait("!document.querySelector('#help').open"), "Esc does not close a dialog")
    page.press("?", "?")
    for kind in ("mousePressed", "mouseReleased"):
        page.send("Input.dispatchMouseEvent", type=kind, x=5, y=400, button="left", clickCount=1)
    check(page.wait("!document.querySelector('#help').open"), "a click beside a dialog does not close it")


def check_tables(page):
    column = "[...document.querySelectorAll('#module-table tbody tr')].map((row) => parseFloat(row.cells[2].textContent))"
    page.click("#module-table th:nth-child(3) button")
    values = page.run(column)
    check(values == sorted(values, reverse=True), "a click on a title does not sort")
    page.click("#module-table th:nth-child(3) button")
    check(page.run(column) == sorted(values), "another one does not sort the other way round")
    page.run("document.querySelector('#finding-filters [value=note]')?.click()")
    check(page.run("[...document.querySelectorAll('.kind[data-severity=note]')].every((kind) => kind.hidden)"), "notes stay")


def check_browser(path, function, caller):
    with chromium.Page() as page:
        page.open(path)
        check(page.run("document.querySelector('h1').textContent.length > 10"), "there is no headline")
        check_search(page, function, caller)
        check_keys(page)
        check_tables(page)
        page.open(path, "#f0")
        check(page.wait("document.querySelector('#page h1') !== null"), "a link to a function does not open it")
        check(not page.problems, f"the console has {page.problems[:3]}")
        check(all(url.startswith(("file:", "data:", "about:")) for url in page.requests), f"it asks for {page.requests}")
    for size in ((390, 844), (1440, 900)):
        for dark in (False, True):
            check_width(path, size, dark)
    with chromium.Page(javascript=False) as page:
        page.open(path)
        text = page.run("document.body.innerText")
        check("need JavaScript" in text, "nothing says what needs JavaScript")
        check("Coverage" in text and "Findings" in text, "without JavaScript, sections are missing")


def check_width(path, size, dark):
    with chromium.Page(size=size, dark=dark) as page:
        page.open(path)
        check(page.run("document.documentElement.scrollWidth <= innerWidth"), f"it is wider than {size[0]} pixels")
        light = page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        check(light != dark, "it does not follow the system's theme")
        check(not page.problems, f"the console has {page.problems[:3]}")


def main():
    check_text(sys.argv[1])
    if len(sys.argv) < 4:
        return
    if not chromium.find():
        print("skipped: chromium is not installed")
        sys.exit(77)
    check_browser(*sys.argv[1:4])


if __name__ == "__main__":
    main()
