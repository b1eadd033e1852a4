// The report's frame: which page is shown, search, keys, sorting, filters, the graph.
"use strict";

const FOUND = 50; // results of a search that are shown

let items = null, results = [], selected = 0, reportTitle = "";

const byId = (id) => document.getElementById(id);

// Where storage is forbidden, as in some viewers of mail, the theme is not kept.
function theme(chosen) {
	try {
		if (chosen)
			localStorage.setItem("pcarch-theme", chosen);
		return chosen || localStorage.getItem("pcarch-theme");
	} catch {
		return chosen;
	}
}

function switchTheme() {
	const root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
	root.dataset.theme = theme((root.dataset.theme || system) === "dark" ? "light" : "dark");
}

// Pages: #f12 a function, #m3 a module, #p4 a file; all else is a place in the report.
const PAGES = {f: functionPage, m: modulePage, p: filePage};

function pageOf(hash) {
	const match = /^#([fmp])(\d{1,9})$/.exec(hash);
	return match && byId("data") ? PAGES[match[1]](Number(match[2])) : null;
}

function openAbove(element) {
	for (let at = element.closest("details"); at; at = at.parentElement.closest("details"))
		at.open = true;
}

function showPlace(hash, y) {
	const target = hash.length > 1 ? byId(hash.slice(1)) : null;
	if (y !== undefined)
		scrollTo(0, y);
	else if (target) {
		openAbove(target);
		target.scrollIntoView({block: /^#r\d/.test(hash) ? "center" : "start"});
	} else
		scrollTo(0, 0);
}

function show(state) {
	const page = pageOf(location.hash), article = byId("page");
	byId("report").hidden = page !== null;
	article.hidden = page === null;
	article.replaceChildren(...(page ? page.content : []));
	reportTitle = reportTitle || document.title;
	document.title = page ? `${page.title} – ${reportTitle}` : reportTitle;
	if (!page)
		return showPlace(location.hash, state?.y);
	scrollTo(0, state?.y ?? 0);
	article.focus({preventScroll: true});
}

// Where one was is kept in the history, so that going back leads there.
function keepPlace(event) {
	if (event.target.closest("a[href^='#']"))
		history.replaceState({y: scrollY}, "");
}

// Search
function rank(name, words) {
	let sum = 0;
	for (const word of words) {
		const at = name.indexOf(word);
		if (at < 0)
			return -1;
		const isStart = at === 0 || !/[a-z0-9]/.test(name[at - 1]);
		sum += (name === word ? 0 : at === 0 ? 1000 : isStart ? 2000 : 3000) + name.length;
	}
	return sum;
}

function search(query) {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean), found = [];
	items = items || searchable().map((item) => ({...item, lower: item.name.toLowerCase()}));
	for (const item of words.length ? items : []) {
		const score = rank(item.lower, words);
		if (score >= 0)
			found.push({item, score});
	}
	return found.sort((a, b) => a.score - b.score).slice(0, FOUND).map((one) => one.item);
}

function select(index) {
	const options = byId("search-results").children;
	selected = Math.max(0, Math.min(index, options.length - 1));
	[...options].forEach((option, i) => option.setAttribute("aria-selected", String(i === selected)));
	options[selected]?.scrollIntoView({block: "nearest"});
	byId("search-input").setAttribute("aria-activedescendant", options.length ? `result-${selected}` : "");
}

function showResults() {
	results = search(byId("search-input").value);
	byId("search-results").replaceChildren(...results.map((item, i) => el("li", {role: "option", id: `result-${i}`},
		el("span", {class: "code"}, item.name), el("span", {class: "quiet"}, item.detail))));
	byId("search-status").textContent = byId("search-input").value ? `${results.length} results` : "";
	select(0);
}

function go(index) {
	if (!results[index])
		return;
	byId("search").close();
	history.replaceState({y: scrollY}, "");
	location.hash = results[index].hash;
}

function searchKey(event) {
	const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8}[event.key];
	if (step)
		select(selected + step);
	else if (event.key === "Enter")
		go(selected);
	else
		return;
	event.preventDefault();
}

function openSearch() {
	if (!byId("data"))
		return;
	byId("search").showModal();
	byId("search-input").select();
	showResults();
}

const KEYS = {"/": openSearch, "?": () => byId("help").showModal(), t: switchTheme, Escape: () => {
	if (!byId("page").hidden)
		location.hash = "#overview";
}};

function key(event) {
	const isTyping = event.target.closest("input:not([type=checkbox]):not([type=radio])");
	if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || !KEYS[event.key])
		return;
	KEYS[event.key]();
	event.preventDefault();
}

// Tables: a click on a title sorts, another one the other way round.
function cellValue(row, column) {
	const text = row.cells[column].textContent.trim();
	const value = Number(text.replace(/[,%\s]/g, ""));
	return text === "" ? -1 : Number.isNaN(value) ? text.toLowerCase() : value;
}

function sortBy(head, column) {
	const body = head.closest("table").tBodies[0], isNumber = head.classList.contains("number");
	const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : isNumber;
	const rows = [...body.rows].map((row) => ({row, value: cellValue(row, column)}));
	rows.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0) * (down ? -1 : 1));
	for (const other of head.parentElement.cells)
		other.removeAttribute("aria-sort");
	head.setAttribute("aria-sort", down ? "descending" : "ascending");
	body.append(...rows.map((one) => one.row));
}

function addSorting() {
	for (const head of document.querySelectorAll("#report th")) {
		if (!head.textContent)
			continue;
		const button = el("button", {type: "button"}, head.textContent);
		head.replaceChildren(button);
		button.addEventListener("click", () => sortBy(head, head.cellIndex));
	}
}

// Filters
function filterFindings(form) {
	const text = form.querySelector("[type=search]").value.toLowerCase();
	const isOn = (name, value) => form.querySelector(`[name=${name}][value=${value}]`)?.checked ?? true;
	for (const kind of document.querySelectorAll("#findings .kind")) {
		const inTitle = kind.querySelector("summary").textContent.toLowerCase().includes(text);
		let left = 0;
		for (const item of kind.querySelectorAll(".findings > li")) {
			item.hidden = !isOn("state", item.dataset.state) || !(inTitle || item.textContent.toLowerCase().includes(text));
			left += !item.hidden;
		}
		kind.hidden = !left || !isOn("severity", kind.dataset.severity);
		if (text && left)
			kind.open = true;
	}
}

function filterModules() {
	const text = byId("module-filters").querySelector("input").value.toLowerCase();
	for (const row of byId("module-table").tBodies[0].rows)
		row.hidden = !row.cells[0].textContent.toLowerCase().includes(text);
}

function addFilters() {
	const findings = byId("finding-filters"), commands = byId("command-filters"), modules = byId("module-filters");
	findings?.addEventListener("input", () => filterFindings(findings));
	modules?.addEventListener("input", filterModules);
	commands?.addEventListener("input", (event) => (document.querySelector(".tree").dataset.show = event.target.value));
	commands?.addEventListener("click", (event) => {
		if (event.target.tagName !== "BUTTON")
			return;
		for (const details of document.querySelectorAll(".tree details"))
			details.open = event.target.value === "open" || (!event.target.value && details.classList.contains("program"));
	});
}

// The graph: drag to move, buttons or Ctrl and the wheel to zoom, a node's ties when it is pointed at.
function tie(event) {
	const svg = event.currentTarget, node = event.target.closest("a")?.dataset.node, on = new Set([node]);
	svg.classList.toggle("tied", node !== undefined);
	for (const path of svg.querySelectorAll("path")) {
		const isOn = path.dataset.from === node || path.dataset.to === node;
		path.classList.toggle("on", isOn);
		if (isOn)
			on.add(path.dataset.from).add(path.dataset.to);
	}
	svg.querySelectorAll("a").forEach((link) => link.classList.toggle("on", on.has(link.dataset.node)));
}

function follow(event, hasMoved) {
	const filter = event.target.closest("a")?.dataset.filter;
	if (hasMoved)
		event.preventDefault();
	else if (filter !== undefined) {
		byId("module-filters").querySelector("input").value = filter;
		filterModules();
	}
}

function addGraph() {
	const svg = byId("module-graph");
	if (!svg)
		return;
	const frame = svg.parentElement, {width, height} = svg.viewBox.baseVal, view = {x: 0, y: 0, scale: 1};
	let moved = 0;
	const draw = () => svg.setAttribute("viewBox", [view.x, view.y, frame.clientWidth / view.scale, frame.clientHeight / view.scale].join(" "));
	const zoom = (factor, x, y) => {
		const scale = Math.min(4, Math.max(0.1, view.scale * factor));
		view.x += x / view.scale - x / scale;
		view.y += y / view.scale - y / scale;
		view.scale = scale;
		draw();
	};
	const fit = (least) => {
		view.scale = Math.max(least, Math.min(1.2, frame.clientWidth / width, frame.clientHeight / height));
		view.x = Math.min(0, (width - frame.clientWidth / view.scale) / 2);
		view.y = (height - frame.clientHeight / view.scale) / 2;
		draw();
	};
	frame.classList.add("scripted");
	svg.setAttribute("width", "100%");
	svg.setAttribute("height", Math.round(Math.min(height, Math.max(320, innerHeight * 0.72))));
	fit(0.75);
	addEventListener("resize", draw);
	byId("graph-tools").addEventListener("click", ({target}) => {
		if (target.value === "0")
			fit(0);
		else if (target.value)
			zoom(Number(target.value), frame.clientWidth / 2, frame.clientHeight / 2);
	});
	svg.addEventListener("wheel", (event) => {
		if (!event.ctrlKey && !event.metaKey)
			return;
		event.preventDefault();
		zoom(Math.exp(event.deltaY / -300), event.offsetX, event.offsetY);
	}, {passive: false});
	svg.addEventListener("pointerdown", () => (moved = 0));
	svg.addEventListener("pointermove", (event) => {
		if (!event.buttons)
			return;
		moved += Math.abs(event.movementX) + Math.abs(event.movementY);
		view.x -= event.movementX / view.scale;
		view.y -= event.movementY / view.scale;
		draw();
	});
	svg.addEventListener("dragstart", (event) => event.preventDefault());
	svg.addEventListener("click", (event) => follow(event, moved > 6));
	["mouseover", "focusin", "mouseleave"].forEach((name) => svg.addEventListener(name, tie));
}

if (theme())
	document.documentElement.dataset.theme = theme();
document.documentElement.classList.add("scripts");
document.addEventListener("DOMContentLoaded", () => {
	history.scrollRestoration = "manual";
	addSorting();
	addFilters();
	addGraph();
	byId("search-input").addEventListener("input", showResults);
	byId("search-input").addEventListener("keydown", searchKey);
	byId("search-results").addEventListener("click", (event) => go([...byId("search-results").children].indexOf(event.target.closest("li"))));
	byId("open-search")?.addEventListener("click", openSearch);
	byId("open-help").addEventListener("click", KEYS["?"]);
	byId("switch-theme").addEventListener("click", switchTheme);
	document.addEventListener("keydown", key);
	document.addEventListener("click", keepPlace, true);
	document.querySelectorAll("dialog").forEach((dialog) => dialog.addEventListener("click", (event) => {
		if (event.target === dialog)
			dialog.close(); // a click beside it
	}));
	addEventListener("popstate", (event) => show(event.state));
	show(history.state);
});
