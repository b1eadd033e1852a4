// The pages of functions, modules and files, made from the data at the end of the report.
// html_data.c writes it: flat arrays, the fields of each record in the order below.
"use strict";

const FIELDS = 9, WAY = 7, CALL = 4, ONLY = 10;
const TYPES = ["public", "private", "external", "undeclared"];
const FLAGS = ["variadic", "inline", "weak", "constructor", "destructor", "address taken", "no prototype",
	"errors inside", "alias", "ifunc", "noreturn", "several definitions"];
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

function number(value) {
	return value.toLocaleString("en-US");
}

function times(value) {
	return value === 1 ? "once" : `${number(value)} times`;
}

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
	const only = [];
	for (let i = 0; i < data.only.length; i += ONLY) {
		const [from, to, verdict, seen, file, line, root, object, because, advice] = data.only.slice(i, i + ONLY);
		only.push({from, to, verdict, seen, line, file: data.texts[file], root: data.texts[root],
			object: data.texts[object], because: data.texts[because], advice: data.texts[advice]});
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

function verdict(only) {
	return el("span", {class: `verdict v${only.verdict}`}, VERDICTS[only.verdict]);
}

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
	const text = el("span", {class: "quiet"}, words.join(" · "));
	if (isOpen)
		text.append(words.length ? " · " : "", el("span", {class: "open"}, `open: ${data.texts[reasons]}`));
	return text;
}

function onlyText(only) {
	const text = el("span", {}, verdict(only));
	if (only.because)
		text.append(el("div", {class: "because"}, only.because));
	if (only.advice)
		text.append(el("div", {class: "because"}, only.advice));
	return text;
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

function seenText(seen) {
	return seen ? number(seen) : "–";
}

function calleeRows(f) {
	const {data, field, only} = model(), calls = data.calls[f] || [], rows = [];
	let line = field(f, 3);
	for (let i = 0; i < calls.length; i += CALL) {
		line += calls[i];
		rows.push({line, idle: !calls[i + 3],
			cells: [number(line), functionLink(calls[i + 1]), wayText(calls[i + 2]), seenText(calls[i + 3])]});
	}
	for (const call of only.filter((one) => one.from === f))
		rows.push({line: call.line, cells: [call.line ? number(call.line) : "", functionLink(call.to), onlyText(call), number(call.seen)]});
	return rows.sort((a, b) => a.line - b.line);
}

function callerRows(f) {
	const {callers, only} = model();
	const found = only.filter((one) => one.to === f).map((call) => ({cells: [
		call.from < 0 ? el("span", {class: "code"}, call.root) : functionLink(call.from),
		call.line ? `${call.file}:${call.line}` : "", onlyText(call), number(call.seen)]}));
	const known = [...callers[f]].sort((a, b) => b.seen - a.seen).map((call) => ({idle: !call.seen,
		cells: [functionLink(call.caller), `${model().file(call.caller)}:${call.line}`, wayText(call.way), seenText(call.seen)]}));
	return [...found, ...known];
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

function crumbs(...more) {
	return el("p", {class: "crumbs"}, el("a", {href: "#overview"}, "Report"), ...more.flatMap((one) => [" / ", one]));
}

function facts(f) {
	const {data, field, ran, dead} = model();
	const list = el("p", {class: "facts"}), fact = (...text) => list.append(el("span", {}, ...text));
	if (ran(f))
		fact(el("strong", {}, "Ran"), ` ${times(ran(f))}`);
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
	const {data, name, module, file, field} = model();
	if (f >= model().count)
		return null;
	const callees = calleeRows(f), callers = callerRows(f), signature = data.signatures[field(f, 8)], lines = field(f, 4);
	const last = field(f, 3) + lines;
	const place = file(f) ? `${file(f)}${field(f, 3) ? `:${field(f, 3)}` : ""}${lines ? `–${last}` : ""}` : "";
	return {title: name(f), content: [
		crumbs(el("a", {class: "code", href: `#m${module(f)}`}, data.modules[module(f)])),
		el("h1", {}, name(f)),
		signature ? el("p", {class: "signature code"}, signature) : "",
		el("p", {class: "place"}, place), facts(f),
		...part("Calls", callees.length, table(["#Line", "Callee", "How it is known", "#Seen"], callees)),
		...part("Called by", callers.length, table(["Caller", "Where", "How it is known", "#Seen"], callers)),
		...source(f)]};
}

// How often functions of other modules call, or are called by, those of this one.
function neighbours(module) {
	const {data, module: moduleOf} = model(), out = new Map(), into = new Map();
	const add = (map, key, seen, isOnly) => {
		const one = map.get(key) || {calls: 0, seen: 0, only: 0};
		one.calls += !isOnly;
		one.seen += seen;
		one.only += isOnly;
		map.set(key, one);
	};
	const see = (from, to, seen, isOnly) => {
		if (from === to)
			return;
		if (from === module)
			add(out, to, seen, isOnly);
		if (to === module)
			add(into, from, seen, isOnly);
	};
	data.calls.forEach((calls, f) => {
		for (let i = 0; i < calls.length; i += CALL)
			if (calls[i + 1] >= 0)
				see(moduleOf(f), moduleOf(calls[i + 1]), calls[i + 3], false);
	});
	for (const call of model().only)
		if (call.from >= 0)
			see(moduleOf(call.from), moduleOf(call.to), call.seen, true);
	return [out, into].map((map) => [...map].sort((a, b) => b[1].only - a[1].only || b[1].calls - a[1].calls).map(([other, one]) => ({
		idle: !one.seen, cells: [el("a", {class: "code", href: `#m${other}`}, data.modules[other]), number(one.calls),
			one.only ? number(one.only) : "", seenText(one.seen)]})));
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
	const {data} = model();
	if (module >= data.modules.length)
		return null;
	const [out, into] = neighbours(module), titles = ["Module", "#Calls", "#Only as it ran", "#Seen"];
	return {title: data.modules[module], content: [crumbs("module"), el("h1", {}, data.modules[module]),
		...functionTable((f) => model().module(f) === module),
		...part("Calls", out.length, table(titles, out)),
		...part("Called by", into.length, table(titles, into))]};
}

function filePage(file) {
	const {data, field} = model();
	if (file >= data.files.length)
		return null;
	return {title: data.files[file], content: [crumbs("file"), el("h1", {}, data.files[file] || "unknown file"),
		...functionTable((f) => field(f, 2) === file)]};
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
