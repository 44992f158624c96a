/* `labsync new`: a first lab to begin with. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_new(int argc, char **argv);
