/* unit: no */
#line 4 "commands.list"
{"begin", "b", tx_begin},
#line 5 "commands.list"
	{"commit", NULL, tx_commit},
#line 9 "commands.list"
	{"rollback", "rb", tx_rollback},
#line 11 "rows.gperf.c"
