/* `labsync explain`: what a field of a Lab means, as `kubectl explain` tells it. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_explain(int argc, char **argv);
