/* `labsync validate`: what is wrong with labs, without a cluster. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_validate(int argc, char **argv);
