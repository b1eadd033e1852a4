/*
 * What a process whose program is not instrumented says of itself: lines, in a file of
 *its own that is named PID-START.pcaudit (the start in nanoseconds since 1970).
 *
 *	pcarch-audit 1 PID PPID START
 *	object NUMBER PATH		numbers count from 0; the first is the program
 *	bind FROM TO SYMBOL		object FROM uses SYMBOL of object TO
 *
 * Objects and symbols whose names hold a line's end are left out.
 */
#ifndef PCARCH_TRACER_AUDIT_AUDIT_H
#define PCARCH_TRACER_AUDIT_AUDIT_H

#define AUDIT_SUFFIX ".pcaudit"
#define AUDIT_DIRECTORY "PCARCH_TRACE_DIR"
#define AUDIT_HEAD "pcarch-audit 1"

#endif
