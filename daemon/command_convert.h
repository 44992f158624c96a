/* `labsync convert`: a containerlab topology becomes a lab. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_convert(int argc, char **argv);
