/* The files' words for the trace model's enums, in the order of their values. */
#ifndef PCARCH_CORE_TRACE_NAMES_H
#define PCARCH_CORE_TRACE_NAMES_H

/* Each ends with NULL; indexed by the enum, or by a flag's bit for the attributes. */
extern const char *const function_type_names[];
extern const char *const function_flag_names[];
extern const char *const unit_status_names[];
extern const char *const site_state_names[];
extern const char *const callee_expression_names[];

#endif
