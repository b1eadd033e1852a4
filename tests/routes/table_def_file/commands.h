#ifndef COMMANDS_H
#define COMMANDS_H

#define CMD(name, function, least, most) int function(int argc, char **argv);
#include "commands.def"
#undef CMD

#endif
