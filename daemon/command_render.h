/* `labsync render`: files to Kubernetes objects on stdout, without a cluster. */
#pragma once

/* `argv[0]` is the command's name. Returns the exit code. */
int command_render(int argc, char **argv);
