#include "analyzer/routes/columns.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations_phrases.h"
#include "analyzer/routes/words.h"
#include "analyzer/rules/rules.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_METHODS = 5 /* functions of one command: more are those of an object */
};

uint32_t columns_function(const struct routes_program *program, struct term value)
{
	while (term_is(value, TERM_ADDRESS) || term_is(value, TERM_DEREF))
		value = term_first(value);
	return term_is(value, TERM_FUNCTION) ? program_function(program, value)
					     : TRACE_NONE;
}

static struct column *column_of(struct columns *columns, const struct cell *cell)
{
	for (size_t i = 0; i < columns->count; i++)
		if (strcmp(columns->all[i].field, cell->field) == 0 &&
			strcmp(columns->all[i].record, cell->record) == 0)
			return &columns->all[i];
	if (columns->count == COLUMNS_MAX)
		return NULL;
	columns->all[columns->count] = (struct column){
		.record = cell->record, .field = cell->field, .depth = cell->depth};
	return &columns->all[columns->count++];
}

static void note_function(const struct routes_program *program, struct column *column,
	uint32_t function)
{
	const struct function *fn =
		&function_table_get(program->functions, function)->function;

	if (!column->functions++) {
		column->signature = fn->signature;
		column->first_function = function;
	}
	column->arguments += strstr(fn->signature, "char **") != NULL ||
			     strstr(fn->signature, "char *const *") != NULL;
	column->hinted += words_hint(fn->name) > 0 || strncmp(fn->name, "do_", 3) == 0;
}

static void note_cell(const struct routes_program *program, struct columns *columns,
	const struct cell *cell)
{
	struct column *column = column_of(columns, cell);
	uint32_t function = columns_function(program, cell->value);

	if (!column)
		return;
	if (term_is(cell->value, TERM_TEXT)) {
		column->texts += term_name(cell->value)[0] != '\0';
		column->phrases += phrases_is(term_name(cell->value));
		column->holes += term_name(cell->value)[0] == '\0';
		column->tokens += words_is_token(term_name(cell->value));
		column->dashed += term_name(cell->value)[0] == '-';
	} else if (function != TRACE_NONE) {
		note_function(program, column, function);
	} else if (term_is(cell->value, TERM_LIST) ||
		   rows_pointee(program, cell->value) != TRACE_NONE) {
		column->lists++;
	}
}

static double word_score(const struct column *column)
{
	double score = 0;

	if (!column->tokens)
		return -1;
	score += column->use.compared ? 4 : 0;
	score += column->use.passed ? 1 : 0;
	score += 2.0 * column->tokens / column->texts;
	return score - column->depth * 0.1;
}

/* A field's name can say that its functions make, read or show something. */
static bool is_other_role(const char *field)
{
	static const char *const roles[] = {"pars", "init", "create", "open", "cmp",
		"compar", "format", "print", "valid", "check", "getter", "setter", "read",
		"write", "load", "save", "encode", "decode", "alloc", "match", "score",
		"sort", "complet", "usage", "help", "free", "destroy"};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (words_begins(field, roles[i]))
			return true;
	return false;
}

static double handler_score(const struct column *column)
{
	double score = 0;

	if (!column->functions)
		return -1;
	score += column->use.called ? 4 : 0;
	score += column->use.called_beside ? 4 : 0;
	score += column->arguments * 2 >= column->functions ? 2 : 0;
	score += column->hinted * 2 >= column->functions ? 1 : 0;
	score /= is_other_role(column->field) ? 4 : 1;
	/* What few rows have is for these few: a selector, a completer. */
	score += column->functions < column->rows ? 4.0 * column->functions / column->rows
						  : 4;
	return score - column->depth * 0.5;
}

static double help_score(const struct column *column)
{
	return column->texts > column->tokens ? 1 : -1;
}

static double sub_score(const struct column *column)
{
	return column->lists ? (double)column->lists : -1;
}

/* The best column, the first of equals; NULL when none has a score from 0. */
static const struct column *best(const struct columns *columns,
	double (*score)(const struct column *column), const struct column *but)
{
	const struct column *found = NULL;
	double highest = 0;

	for (size_t i = 0; i < columns->count; i++) {
		double value = score(&columns->all[i]);

		if (&columns->all[i] == but || value < 0 || (found && value <= highest))
			continue;
		found = &columns->all[i];
		highest = value;
	}
	return found;
}

/* The rule of tables with such rows; the last of several. */
static const struct table_rule *rule_of(const struct rules *rules, const char *record)
{
	const struct table_rule *found = NULL;

	for (size_t i = 0; rules && record[0] && i < rules->all.ntables; i++)
		if (rules->all.tables[i].elem &&
			strcmp(rules->all.tables[i].elem, record) == 0)
			found = &rules->all.tables[i];
	return found;
}

/* The column of a rule's field path, "name.data": of its last field. */
static const struct column *named_column(const struct columns *columns, const char *path)
{
	const char *field = strrchr(path, '.') ? strrchr(path, '.') + 1 : path;

	for (size_t i = 0; i < columns->count; i++)
		if (strcmp(columns->all[i].field, field) == 0)
			return &columns->all[i];
	return NULL;
}

static void apply_rule(struct columns *columns)
{
	const struct table_rule *rule = columns->rule;

	columns->word = columns->handler = NULL;
	for (size_t i = 0; i < rule->nname && !columns->word; i++)
		columns->word = named_column(columns, rule->name[i].field);
	for (size_t i = 0; i < rule->nhandler && !columns->handler; i++)
		columns->handler = named_column(columns, rule->handler[i]);
	if (rule->help)
		columns->help = named_column(columns, rule->help);
}

static bool is_named(const struct columns *columns, const struct column *column,
	const char *const *paths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (named_column(columns, paths[i]) == column)
			return true;
	return false;
}

void columns_read(const struct routes_program *program, const struct row_list *list,
	struct columns *out)
{
	if (!out->rule)
		out->rule = rule_of(program->rules, list->record ? list->record : "");
	for (size_t i = 0; i < list->nrows; i++)
		for (size_t c = 0; c < list->rows[i].ncells; c++)
			note_cell(program, out, &list->rows[i].cells[c]);
}

/* Does the function call another field of the row, which the column holds? */
static bool calls_field(const struct routes_program *program, uint32_t function,
	const struct column *column)
{
	const struct outline *outline = program_outline(program, function);
	struct term at;

	if (!outline)
		return false;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		struct term callee = term_is(at, TERM_CALL) ? term_first(at) : at;

		while (term_is(callee, TERM_DEREF))
			callee = term_first(callee);
		if (term_is(at, TERM_CALL) && term_is(callee, TERM_FIELD) &&
			strcmp(term_name(callee), column->field) == 0)
			return true;
	}
	return false;
}

/* A handler that only calls another field of the row is not the one. */
static const struct column *behind_trampoline(const struct routes_program *program,
	const struct columns *columns)
{
	for (size_t i = 0; columns->handler && i < columns->count; i++) {
		const struct column *column = &columns->all[i];

		if (column != columns->handler && column->functions &&
			calls_field(program, columns->handler->first_function, column))
			return column;
	}
	return columns->handler;
}

void columns_settle(const struct routes_program *program, const struct fields *fields,
	struct columns *out)
{
	unsigned rows = 0;

	for (size_t i = 0; i < out->count; i++)
		rows = out->all[i].texts > rows ? out->all[i].texts : rows;
	for (size_t i = 0; i < out->count; i++) {
		out->all[i].use =
			fields_use(fields, out->all[i].record, out->all[i].field);
		out->all[i].rows = rows;
	}
	out->word = best(out, word_score, NULL);
	out->handler = best(out, handler_score, NULL);
	out->handler = behind_trampoline(program, out);
	out->sub = best(out, sub_score, NULL);
	out->help = best(out, help_score, out->word);
	if (out->rule)
		apply_rule(out);
}

static const struct cell *cell_of(const struct row *row, const struct column *column)
{
	for (size_t i = 0; i < row->ncells; i++)
		if (strcmp(row->cells[i].field, column->field) == 0 &&
			strcmp(row->cells[i].record, column->record) == 0)
			return &row->cells[i];
	return NULL;
}

/* Rows with a handler bear one enumerator in this column, and the others do not. */
static bool tells_rows(const struct routes_program *program, const struct row_list *list,
	const struct columns *columns, const struct column *column)
{
	const char *value = NULL;
	bool tells = false;

	for (size_t i = 0; i < list->nrows; i++) {
		const struct cell *kind = cell_of(&list->rows[i], column);
		const struct cell *handler = cell_of(&list->rows[i], columns->handler);
		bool has_handler = handler && columns_function(program, handler->value) !=
						      TRACE_NONE;
		const char *name = kind && term_is(kind->value, TERM_NUMBER)
					   ? term_name(kind->value)
					   : "";

		if (!has_handler) {
			tells |= name[0] != '\0';
			if (name[0] && value && strcmp(name, value) == 0)
				return false;
		} else if (!name[0] || (value && strcmp(name, value) != 0)) {
			return false;
		} else {
			value = name;
		}
	}
	return tells && value;
}

bool columns_is_mixed(const struct routes_program *program, const struct row_list *list,
	const struct columns *columns)
{
	if (columns->rule)
		return false;
	if (columns->handler->functions * 2 < columns->word->texts)
		return true;
	for (size_t i = 0; i < columns->count; i++)
		if (tells_rows(program, list, columns, &columns->all[i]))
			return true;
	return false;
}

bool columns_is_handler(const struct columns *columns, const struct column *column)
{
	if (columns->rule)
		return is_named(columns, column, columns->rule->handler,
			columns->rule->nhandler);
	return column == columns->handler ||
	       (column->functions && columns->handler &&
		       (column->use.called || column->use.given || column->use.passed) &&
		       (strcmp(column->signature, columns->handler->signature) == 0 ||
			       (column->depth &&
				       column->depth == columns->handler->depth &&
				       strcmp(column->record, columns->handler->record) ==
					       0)));
}

bool columns_is_alias(const struct columns *columns, const struct column *column)
{
	if (columns->rule)
		return is_named(columns, column, columns->rule->alias,
			columns->rule->nalias);
	return column != columns->word && column->tokens && column->use.compared &&
	       column->tokens == column->texts;
}

/* Commands that begin with a dash are what their authors call options. */
static int hint_of(const char *name, bool is_dashed)
{
	int hint = words_hint(name);

	return is_dashed && hint < 0 ? 0 : hint;
}

bool columns_is_generated(const struct columns *columns)
{
	/* One empty word ends a table that somebody wrote. */
	return columns->word && columns->word->holes > 1;
}

static const char *holder_name(const struct routes_program *program,
	const struct row_list *list)
{
	if (list->object == TRACE_NONE)
		return list->name ? list->name : "";
	return program->objects[list->object].name;
}

/*
 * A record that stands alone bears the name of its command, which can only speak for it.
 * Generators call the rows of whatever they make keywords.
 */
static double hints(const struct routes_program *program, const struct row_list *list,
	const struct columns *columns)
{
	const char *const names[] = {list->record, holder_name(program, list),
		columns->handler ? columns->handler->field : "", columns->word->field};
	bool is_dashed = columns->word->dashed * 2 > columns->word->texts;
	bool is_single = term_exists(list->at) && !term_get(list->at)->a;
	double weight = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int hint = hint_of(names[i], is_dashed);

		if (hint > 0)
			weight += i < 2 ? 0.25 : 0.1;
		else if (hint < 0 && (i != 1 || !is_single) &&
			 (i != 0 || !columns_is_generated(columns)))
			weight -= i < 2 ? 0.2 : 0.1;
	}
	return weight;
}

static double role_weight(const struct routes_program *program,
	const struct column *handler)
{
	const char *name = program_name(program, handler->first_function);

	return is_other_role(handler->field) || strcasestr(name, "parser") ||
			       strncmp(name, "by_", 3) == 0
		       ? -0.3
		       : 0;
}

/* Rows of many functions are objects with methods: drivers, backends. */
static bool has_methods(const struct columns *columns)
{
	unsigned count = 0;

	for (size_t i = 0; i < columns->count; i++)
		count += columns->all[i].functions > 0 &&
			 columns->all[i].functions * 2 >= columns->handler->functions;
	return count > MAX_METHODS;
}

/* Stored to be called by others is less than called, unless arguments are for it. */
static double call_weight(const struct column *handler)
{
	const struct field_use *use = &handler->use;

	if (use->called_beside)
		return use->called || handler->arguments * 2 >= handler->functions ? 0.4
										   : 0.25;
	return use->called ? 0.2 : use->given ? 0.1 : 0;
}

/* What a rule calls something else than commands is none. */
static double rule_weight(const struct table_rule *rule)
{
	return rule->kind == RULE_NO_KIND || rule->kind == RULE_CLI ||
	       rule->kind == RULE_FFI;
}

double columns_weight(const struct routes_program *program, const struct fields *fields,
	const struct row_list *list, const struct columns *columns)
{
	const struct column *word = columns->word, *handler = columns->handler;
	struct object_use object = {0};
	/* The text of an element that is installed may be a whole command. */
	unsigned phrases = word && list->nrows < 2 ? word->phrases : 0;
	double weight = 0;

	if (columns->rule && word && handler)
		return rule_weight(columns->rule);
	if (!word || !handler || has_methods(columns))
		return 0;
	if (list->object != TRACE_NONE)
		object = fields_object(fields, list->object);
	/* Tables of one type can be for different things. */
	if (columns->is_told_apart && object.accessed && !object.compared)
		return 0;
	/* Options are worked off one after the other. */
	if (word->dashed * 2 > word->texts && handler->use.called_on)
		return 0;
	weight += word->use.compared ? 0.3 : word->use.passed ? 0.15 : 0;
	weight += call_weight(handler);
	weight += handler->arguments * 2 >= handler->functions ? 0.2 : 0;
	weight += handler->hinted * 2 >= handler->functions ? 0.15 : 0;
	weight += role_weight(program, handler);
	weight += hints(program, list, columns);
	weight -= (word->tokens + phrases) * 10 < word->texts * 7 ? 0.5 : 0;
	return weight < 0 ? 0 : weight > 1 ? 1 : weight;
}
