// The pages of functions, modules and files, made from the data at the end of the report.
// html_data.c writes it: flat arrays, the fields of each record in the order below.
"use strict";
const FIELDS = 9, WAY = 7, CALL = 4, ONLY = 10;
const TYPES = ["public", "private", "external", "undeclared"];
const FLAGS = ["variadic", "inline", "weak", "constructor", "destructor", "address taken", "no prototype",
	"errors inside", "alias", "ifunc", "noreturn", "several definitions"], INLINED = 1 << 16;
const VERDICTS = ["analysis bug", "predicted hole", "interposed", "through a library", "foreign code",
	"generated code", "stale"];
const ROWS = 200; // of a table, before "show all"

let loaded = null;

// An element; attributes that are null are left out, and text is only ever text.
function el(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {}))
		if (value !== null)
			element.setAttribute(name, value);
	element.append(...children.filter((child) => child !== null));
	return element;
}

const number = (value) => value.toLocaleString("en-US");
const times = (value) => value === 1 ? "once" : `${number(value)} times`;

// Who calls each function: the reverse of data.calls, as indexes of `edges`.
function findCallers(model) {
	const callers = Array.from({length: model.count}, () => []);
	model.data.calls.forEach((calls, caller) => {
		let line = model.field(caller, 3);
		for (let i = 0; i < calls.length; i += CALL) {
			line += calls[i];
			if (calls[i + 1] >= 0)
				callers[calls[i + 1]].push({caller, line, way: calls[i + 2], seen: calls[i + 3]});
		}
	});
	return callers;
}

function readOnly(data) {
	const only = [], texts = ["file", "root", "object", "because", "advice"];
	for (let i = 0; i < data.only.length; i += ONLY) {
		const [from, to, verdict, seen, line, ...strings] = data.only.slice(i, i + ONLY);
		only.push(Object.assign({from, to, verdict, seen, line}, ...texts.map((name, k) => ({[name]: data.texts[strings[k]]}))));
	}
	return only;
}

// The data as questions are asked of it; made when the first is asked.
function model() {
	if (loaded)
		return loaded;
	const data = JSON.parse(document.getElementById("data").textContent);
	const model = {
		data,
		count: data.functions.length / FIELDS,
		dead: new Set(data.dead),
		field: (f, i) => data.functions[f * FIELDS + i],
		name: (f) => data.functions[f * FIELDS],
		module: (f) => data.functions[f * FIELDS + 1],
		file: (f) => data.files[data.functions[f * FIELDS + 2]],
		ran: (f) => data.functions[f * FIELDS + 7],
	};
	model.only = readOnly(data);
	model.callers = findCallers(model);
	const sources = document.getElementById("sources");
	model.sources = sources ? JSON.parse(sources.textContent) : {};
	loaded = model;
	return model;
}

function functionLink(f) {
	return f < 0 ? el("span", {class: "quiet"}, "nothing that is known")
		: el("a", {class: "code", href: `#f${f}`}, model().name(f));
}

const verdict = (only) => el("span", {class: `verdict v${only.verdict}`}, VERDICTS[only.verdict]);

// How a call is known, and what its site is certified for.
function wayText(way) {
	const {data} = model();
	const [via, confidence, through, isDirect, isOpen, reasons, expression] = data.ways.slice(way * WAY, way * WAY + WAY);
	const words = [];
	if (data.texts[expression])
		words.push(data.texts[expression]);
	if (data.texts[via] && data.texts[via] !== "direct")
		words.push(confidence < 100 ? `${data.texts[via]} ${(confidence / 100).toFixed(2)}` : data.texts[via]);
	if (data.texts[through])
		words.push(`through ${data.texts[through]}`);
	if (!isDirect && !isOpen)
		words.push("closed");
	const text = el("span", {}, words.join(" · "));
	if (isOpen)
		text.append(words.length ? " · " : "", el("span", {class: "open"}, `open: ${data.texts[reasons]}`));
	return text;
}

// A sentence whose 'names' in quotes are set as code.
function sentence(text) {
	return el("div", {class: "because"}, ...text.split(/'([^'\s]+)'/).map((part, i) => i % 2 ? el("code", {}, part) : part));
}

// A function, and below it how the call of it, or by it, is known.
function withWay(link, way) {
	const text = wayText(way);
	return el("div", {}, link, text.textContent ? el("div", {class: "because"}, text) : "");
}

// A table of [cells, is idle]; long ones are shown whole when that is asked for.
function table(titles, rows) {
	const body = el("tbody");
	const add = (some) => body.append(...some.map(({cells, idle}) => el("tr", {class: idle ? "idle" : null},
		...cells.map((cell, i) => el("td", {class: titles[i][0] === "#" ? "number" : null}, cell)))));
	const all = el("div", {class: "scroll"}, el("table", {}, el("thead", {}, el("tr", {}, ...titles.map((title) =>
		el("th", {scope: "col", class: title[0] === "#" ? "number" : null}, title.replace("#", ""))))), body));
	add(rows.slice(0, ROWS));
	if (rows.length > ROWS) {
		const more = el("button", {type: "button"}, `Show all ${number(rows.length)}`);
		more.addEventListener("click", () => {
			add(rows.slice(ROWS));
			more.remove();
		});
		all.append(more);
	}
	return all;
}

function part(title, count, content) {
	return count ? [el("h2", {}, title, " ", el("span", {class: "count"}, number(count))), content] : [];
}

const seenText = (seen) => seen ? number(seen) : "–";

// Calls that only the run shows, as rows; what to do is said once for all that are alike.
function onlyRows(calls, link, isHere) {
	let before = "";
	return calls.map((call) => {
		const lines = [call.because, call.advice === before ? "" : call.advice].filter(Boolean);
		before = call.advice;
		return {cells: [isHere ? String(call.line || "") : where(call.file, call.line), el("div", {}, link(call), " ", verdict(call),
			...lines.map(sentence)), number(call.seen)]};
	});
}

const where = (file, line) => el("span", {class: "place"}, line ? `${file}:${line}` : "");

const callerLink = (call) => call.from < 0 ? el("span", {class: "code"}, call.root) : functionLink(call.from);

function calleeRows(f) {
	const {data, field} = model(), calls = data.calls[f] || [], rows = [];
	let line = field(f, 3);
	for (let i = 0; i < calls.length; i += CALL) {
		line += calls[i];
		rows.push({idle: !calls[i + 3], cells: [String(line), withWay(functionLink(calls[i + 1]), calls[i + 2]), seenText(calls[i + 3])]});
	}
	return rows;
}

function callerRows(f) {
	const {callers, file} = model();
	return [...callers[f]].sort((a, b) => b.seen - a.seen).map((call) => ({idle: !call.seen, cells: [
		where(file(call.caller), call.line), withWay(functionLink(call.caller), call.way), seenText(call.seen)]}));
}

// What is marked at the left of each line: calls that ran, and those that only the run shows.
function lineMarks(f) {
	const {data, field, only} = model(), calls = data.calls[f] || [], marks = new Map();
	let line = field(f, 3);
	for (let i = 0; i < calls.length; i += CALL) {
		line += calls[i];
		if (calls[i + 3])
			marks.set(line, "seen");
	}
	for (const call of only.filter((one) => one.from === f))
		marks.set(call.line, `only v${call.verdict}`);
	return marks;
}

function source(f) {
	const text = model().sources[f];
	if (text === undefined)
		return [];
	const first = model().field(f, 3), marks = lineMarks(f);
	const lines = text.split("\n").map((line, i) => el("div", {class: marks.get(first + i) || null},
		el("i", {}, String(first + i)), line || " "));
	return [el("h2", {}, "Source"), el("div", {class: "source", tabindex: "0", role: "region", "aria-label": "Source"}, ...lines)];
}

const crumbs = (...more) => el("p", {class: "crumbs"}, el("a", {href: "#overview"}, "Report"), ...more.flatMap((one) => [" / ", one]));

function facts(f) {
	const {data, field, ran, dead} = model();
	const list = el("p", {class: "facts"}), fact = (...text) => list.append(el("span", {}, ...text));
	if (ran(f))
		fact(el("strong", {}, "Ran"), field(f, 6) & INLINED ? " at least " : " ", times(ran(f)));
	else if (dead.has(f))
		fact(el("strong", {}, "Never ran"), ", and could be reached");
	else if (field(f, 5) < 2)
		fact(data.isComplete ? "Did not run" : "Was not seen to run");
	fact(f < data.scanned ? TYPES[field(f, 5)] : "in no scanned unit");
	FLAGS.forEach((flag, bit) => {
		if (field(f, 6) & (1 << bit))
			fact(flag);
	});
	for (let i = 0; i < data.entries.length; i += 2)
		if (data.entries[i + 1] === f)
			fact("entry point ", el("span", {class: "code"}, data.entries[i]));
	for (let i = 0; i < data.routes.length; i += 2)
		if (data.routes[i + 1] === f)
			fact("runs ", el("a", {class: "code", href: `#r${i / 2}`}, data.routes[i]));
	return list;
}

function functionPage(f) {
	const {data, name, module, file, field, only} = model();
	if (f >= model().count)
		return null;
	const callees = calleeRows(f), callers = callerRows(f), signature = data.signatures[field(f, 8)], lines = field(f, 4);
	const surprises = onlyRows(only.filter((call) => call.from === f), (call) => functionLink(call.to), true);
	const surprising = onlyRows(only.filter((call) => call.to === f), callerLink, false);
	const last = field(f, 3) + lines;
	const place = file(f) ? `${file(f)}${field(f, 3) ? `:${field(f, 3)}` : ""}${lines ? `–${last}` : ""}` : "";
	return {title: name(f), content: [
		crumbs(el("a", {class: "code", href: `#m${module(f)}`}, data.modules[module(f)])),
		el("h1", {}, name(f)),
		signature ? el("p", {class: "signature code"}, signature) : "",
		el("p", {class: "place"}, place), facts(f),
		...part("Calls seen only as it ran", surprises.length, table(["#Line", "Callee", "#Seen"], surprises)),
		...part("Called, seen only as it ran, by", surprising.length, table(["Where", "Caller", "#Seen"], surprising)),
		...part("Calls", callees.length, table(["#Line", "Callee", "#Seen"], callees)),
		...part("Called by", callers.length, table(["Where", "Caller", "#Seen"], callers)),
		...source(f)]};
}

// The modules that functions of this one call (end 0), or that call those of this one (end 1).
function neighbours(module, end) {
	const {data, module: moduleOf, only} = model(), found = new Map();
	const add = (from, to, seen, isOnly) => {
		const ends = [moduleOf(from), moduleOf(to)], other = ends[1 - end];
		if (ends[end] !== module || other === module)
			return;
		const one = found.get(other) || {calls: 0, seen: 0, only: 0};
		found.set(other, {calls: one.calls + !isOnly, seen: one.seen + seen, only: one.only + isOnly});
	};
	data.calls.forEach((calls, f) => {
		for (let i = 0; i < calls.length; i += CALL)
			if (calls[i + 1] >= 0)
				add(f, calls[i + 1], calls[i + 3], false);
	});
	only.filter((call) => call.from >= 0).forEach((call) => add(call.from, call.to, call.seen, true));
	const rows = [...found].sort((a, b) => b[1].only - a[1].only || b[1].calls - a[1].calls).map(([other, one]) => ({idle: !one.seen,
		cells: [el("a", {class: "code", href: `#m${other}`}, data.modules[other]), number(one.calls), one.only ? number(one.only) : "", seenText(one.seen)]}));
	return part(end ? "Called by" : "Calls", rows.length, table(["Module", "#Calls", "#Only as it ran", "#Seen"], rows));
}

function functionTable(which) {
	const {count, field, ran} = model(), rows = [];
	for (let f = 0; f < count; f++)
		if (which(f))
			rows.push({idle: !ran(f), line: field(f, 3), cells: [functionLink(f), TYPES[field(f, 5)],
				field(f, 3) ? String(field(f, 3)) : "", seenText(ran(f))]});
	return part("Functions", rows.length, table(["Function", "", "#Line", "#Times called"], rows.sort((a, b) => a.line - b.line)));
}

function modulePage(module) {
	const name = model().data.modules[module];
	return name === undefined ? null : {title: name, content: [crumbs("module"), el("h1", {}, name),
		...functionTable((f) => model().module(f) === module), ...neighbours(module, 0), ...neighbours(module, 1)]};
}

function filePage(file) {
	const name = model().data.files[file];
	return name === undefined ? null : {title: name, content: [crumbs("file"), el("h1", {}, name || "unknown file"),
		...functionTable((f) => model().field(f, 2) === file)]};
}

// All that can be searched for: what it is, its name, where it is, its hash.
function searchable() {
	const {data, count, name, module} = model(), items = [];
	for (let f = 0; f < count; f++)
		items.push({kind: "function", name: name(f), detail: data.modules[module(f)], hash: `#f${f}`});
	data.modules.forEach((one, i) => items.push({kind: "module", name: one, detail: "module", hash: `#m${i}`}));
	for (let i = 0; i < data.routes.length; i += 2)
		items.push({kind: "command", name: data.routes[i], detail: "command", hash: `#r${i / 2}`});
	data.files.forEach((one, i) => {
		if (one)
			items.push({kind: "file", name: one, detail: "file", hash: `#p${i}`});
	});
	return items;
}
