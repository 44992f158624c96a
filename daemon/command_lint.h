/* `labsync lint`: what is legal in labs but suspicious, without a cluster. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code: EXIT_FOUND with findings. */
int command_lint(int argc, char **argv);
