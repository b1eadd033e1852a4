#include "diff/log_finding.h"

#include <stdarg.h>
#include <stdio.h>

void log_findings_add(struct log_findings *findings, enum log_severity severity,
	const char *kind, uint64_t line, const char *fmt, ...)
{
	char text[1024];
	struct log_finding finding = {severity, kind, findings->file, line, text};
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	findings->counts[severity]++;
	findings->each(findings->context, &finding);
}
