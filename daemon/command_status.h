/* `labsync status`: how the labs are doing, read from the cluster, not from a daemon. */
#pragma once

int command_status(int argc, char **argv);
