/*
 * What `pcarch explain` says of the findings of `pcarch diff`: the `text` of their rows
 * in core/finding.c, paragraphs parted by empty lines.
 */
#ifndef PCARCH_CORE_FINDING_TEXTS_H
#define PCARCH_CORE_FINDING_TEXTS_H

extern const char finding_text_unit_failed[];
extern const char finding_text_unit_partial[];
extern const char finding_text_unit_crashed[];
extern const char finding_text_unit_timeout[];
extern const char finding_text_unit_out_of_memory[];
extern const char finding_text_source_missing[];
extern const char finding_text_source_changed[];
extern const char finding_text_unknown_call[];
extern const char finding_text_ambiguous_function[];
extern const char finding_text_implicit_declaration[];
extern const char finding_text_nested_function[];
extern const char finding_text_flag_dropped[];
extern const char finding_text_database_stale[];
extern const char finding_text_database_duplicate[];
extern const char finding_text_orphan_function[];
extern const char finding_text_binary_stale[];
extern const char finding_text_unit_not_scanned[];
extern const char finding_text_analysis_bug[];
extern const char finding_text_predicted_hole[];
extern const char finding_text_interposed_call[];
extern const char finding_text_library_callback[];
extern const char finding_text_foreign_code[];
extern const char finding_text_generated_code[];
extern const char finding_text_stale_source[];
extern const char finding_text_runtime_only_function[];
extern const char finding_text_dead_function[];
extern const char finding_text_orphan_ran[];
extern const char finding_text_runtime_entry_point[];
extern const char finding_text_low_coverage[];
extern const char finding_text_new_dependency[];
extern const char finding_text_dependency_gone[];
extern const char finding_text_route_came[];
extern const char finding_text_route_gone[];
extern const char finding_text_route_moved[];
extern const char finding_text_entry_point_came[];
extern const char finding_text_entry_point_gone[];
extern const char finding_text_entry_point_moved[];
extern const char finding_text_certificate_opened[];
extern const char finding_text_incomplete_recording[];
extern const char finding_text_suppression_without_reason[];
extern const char finding_text_stale_suppression[];

#endif
