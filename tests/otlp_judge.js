// Hold lines of OTLP/JSON against the official protobuf definition, as its generated code has it.
// Usage: node tests/otlp_judge.js MODULES FILE: exit 1, and the first wrong line, when one is.
//
// Each line goes JSON -> message -> bytes -> message -> JSON, and has to come back as it was: a member
// that the definition does not know is lost on the way, and one of a wrong type changes.
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, file] = process.argv.slice(2);
const root = require(path.resolve(modules, "@opentelemetry/otlp-transformer/build/src/generated/root.js"));
const Request = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

// OTLP 1.3, "JSON Protobuf Encoding": ids are hexadecimal, where protobuf has base64.
const ids = { traceId: 32, spanId: 16, parentSpanId: 16 };

function each(value, change) {
	if (Array.isArray(value))
		return value.map((item) => each(item, change));
	if (value === null || typeof value !== "object" || Buffer.isBuffer(value) || value instanceof Uint8Array)
		return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(key, item, (v) => each(v, change))]));
}

function toBytes(document) {
	return each(document, (key, value, deeper) => {
		if (!(key in ids))
			return deeper(value);
		if (typeof value !== "string" || !/^[0-9a-f]+$/.test(value) || value.length !== ids[key])
			throw new Error(`${key} is ${JSON.stringify(value)}, expected ${ids[key]} lower-case hexadecimal digits`);
		if (/^0*$/.test(value))
			throw new Error(`${key} is all zeros`);
		return Buffer.from(value, "hex");
	});
}

function toHex(document) {
	return each(document, (key, value, deeper) => (key in ids ? Buffer.from(value).toString("hex") : deeper(value)));
}

// An empty array says what a missing one does, and does not survive protobuf.
function withoutEmpty(document) {
	if (Array.isArray(document))
		return document.map(withoutEmpty);
	if (document === null || typeof document !== "object")
		return document;
	return Object.fromEntries(Object.entries(document)
		.filter(([, value]) => !(Array.isArray(value) && value.length === 0))
		.map(([key, value]) => [key, withoutEmpty(value)]));
}

// Members in one order: protobuf's is that of the definition.
function sorted(document) {
	if (Array.isArray(document))
		return document.map(sorted);
	if (document === null || typeof document !== "object")
		return document;
	return Object.fromEntries(Object.keys(document).sort().map((key) => [key, sorted(document[key])]));
}

function judge(line) {
	const document = JSON.parse(line);
	const message = Request.fromObject(toBytes(document));
	const wrong = Request.verify(message);
	if (wrong)
		throw new Error(wrong);
	const bytes = Request.encode(message).finish();
	const again = toHex(Request.toObject(Request.decode(bytes), { longs: String, enums: Number }));
	const before = JSON.stringify(sorted(withoutEmpty(document)));
	const after = JSON.stringify(sorted(withoutEmpty(again)));
	if (before !== after) {
		let at = 0;
		while (before[at] === after[at])
			at++;
		throw new Error(`not as it was after protobuf: ...${before.slice(Math.max(0, at - 60), at + 40)}... ` +
			`became ...${after.slice(Math.max(0, at - 60), at + 40)}...`);
	}
	if (!document.resourceSpans)
		throw new Error("there are no resourceSpans");
}

const lines = fs.readFileSync(file, "utf8").split("\n").filter((line) => line);
lines.forEach((line, index) => {
	try {
		judge(line);
	} catch (error) {
		console.error(`${file}:${index + 1}: ${error.message}`);
		process.exit(1);
	}
});
console.log(`${lines.length} lines are as the definition has them`);
