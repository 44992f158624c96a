/* `labsync schema`: what documents may hold, for editors and for the docs. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_schema(int argc, char **argv);
