/* Spans for OpenTelemetry collectors. */
#ifndef PCARCH_DIFF_OTLP_H
#define PCARCH_DIFF_OTLP_H

#include <stdbool.h>
#include <stdio.h>

struct dynamic_trace;

/*
 * OTLP/JSON, a line for each trace and process: an ExportTraceServiceRequest, as the
 * file exporter writes and the receiver takes it. False: errno. Source:
 * opentelemetry-proto 1.3, trace/v1/trace.proto; OTLP 1.3, "JSON Protobuf Encoding".
 */
bool otlp_write(const struct dynamic_trace *trace, FILE *out);

#endif
