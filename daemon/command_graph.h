/* `labsync graph`: the topology of labs in files, on stdout, without a cluster. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_graph(int argc, char **argv);
