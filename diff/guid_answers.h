/*
 * What can be said of one execution: answers to the six questions that a debugger asks,
 * each with the event that it is taken from. What nobody recorded has no answer.
 */
#ifndef PCARCH_DIFF_GUID_ANSWERS_H
#define PCARCH_DIFF_GUID_ANSWERS_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct static_trace;
struct story;

enum debug_question {
	QUESTION_WHAT, /* what happened? */
	QUESTION_WHEN, /* when did it happen? */
	QUESTION_INPUT, /* what was the input? */
	QUESTION_STATE, /* what was the system's state? */
	QUESTION_SEQUENCE, /* what was the sequence of events? */
	QUESTION_CAUSE, /* what was the root cause? */
	DEBUG_QUESTIONS
};

struct answer {
	enum debug_question question;
	const char *text;
	const char *file; /* the evidence; NULL: concluded from the other answers */
	uint64_t line;
	bool is_missing; /* says what was not captured */
};

struct guid_answers {
	/* To set before use. */
	const struct story *story; /* of the GUID */
	const char *guid; /* its first 32 digits at least */
	const struct static_trace
		*program; /* what 'pcarch scan' knows; NULL: not given */
	/* What a frame of a stack is in the source, or NULL; it stays. May be NULL. */
	const char *(*name_frame)(void *context, const char *frame);
	void *context;
	/* The result: in the order in which they were found. */
	struct answer *answers; /* heap */
	size_t nanswers, room;
	size_t nown; /* events of the execution itself */
	struct arena arena;
};

void guid_answers_find(struct guid_answers *answers);
void guid_answers_release(struct guid_answers *answers);

#endif
