#include "analyzer/routes/columns.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/words.h"
#include "core/trace.h"

#include <string.h>

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

	if (!column->functions++)
		column->signature = fn->signature;
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

static double handler_score(const struct column *column)
{
	double score = 0;

	if (!column->functions)
		return -1;
	score += column->use.called ? 4 : 0;
	score += column->use.called_beside ? 4 : 0;
	score += column->arguments * 2 >= column->functions ? 2 : 0;
	score += column->hinted * 2 >= column->functions ? 1 : 0;
	return score - column->depth * 0.1;
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

void columns_read(const struct routes_program *program, const struct row_list *list,
	struct columns *out)
{
	for (size_t i = 0; i < list->nrows; i++)
		for (size_t c = 0; c < list->rows[i].ncells; c++)
			note_cell(program, out, &list->rows[i].cells[c]);
}

void columns_settle(const struct fields *fields, struct columns *out)
{
	for (size_t i = 0; i < out->count; i++)
		out->all[i].use =
			fields_use(fields, out->all[i].record, out->all[i].field);
	out->word = best(out, word_score, NULL);
	out->handler = best(out, handler_score, NULL);
	out->sub = best(out, sub_score, NULL);
	out->help = best(out, help_score, out->word);
}

bool columns_is_handler(const struct columns *columns, const struct column *column)
{
	return column == columns->handler ||
	       (column->functions && column->use.called_beside && columns->handler &&
		       strcmp(column->signature, columns->handler->signature) == 0);
}

bool columns_is_alias(const struct columns *columns, const struct column *column)
{
	return column != columns->word && column->tokens && column->use.compared &&
	       column->tokens == column->texts;
}

/* Commands that begin with a dash are what their authors call options. */
static int hint_of(const char *name, bool is_dashed)
{
	int hint = words_hint(name);

	return is_dashed && hint < 0 ? 0 : hint;
}

static const char *holder_name(const struct routes_program *program,
	const struct row_list *list)
{
	if (list->object == TRACE_NONE)
		return list->name ? list->name : "";
	return program->objects[list->object].name;
}

/* A record that stands alone bears the name of its command, which can only speak for it.
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
		else if (hint < 0 && (i != 1 || !is_single))
			weight -= i < 2 ? 0.2 : 0.1;
	}
	return weight;
}

double columns_weight(const struct routes_program *program, const struct row_list *list,
	const struct columns *columns)
{
	const struct column *word = columns->word, *handler = columns->handler;
	double weight = 0;

	if (!word || !handler)
		return 0;
	weight += word->use.compared ? 0.3 : word->use.passed ? 0.15 : 0;
	weight += handler->use.called_beside ? 0.4 : handler->use.called ? 0.2 : 0;
	weight += handler->arguments * 2 >= handler->functions ? 0.2 : 0;
	weight += handler->hinted * 2 >= handler->functions ? 0.15 : 0;
	weight += hints(program, list, columns);
	weight -= word->tokens * 10 < word->texts * 7 ? 0.5 : 0;
	return weight < 0 ? 0 : weight > 1 ? 1 : weight;
}
