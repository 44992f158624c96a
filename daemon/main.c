#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "daemon/command_convert.h"
#include "daemon/command_disks.h"
#include "daemon/command_explain.h"
#include "daemon/command_graph.h"
#include "daemon/command_lint.h"
#include "daemon/command_new.h"
#include "daemon/command_render.h"
#include "daemon/command_run.h"
#include "daemon/command_schema.h"
#include "daemon/command_status.h"
#include "daemon/command_sync.h"
#include "daemon/command_validate.h"
#include "sync/git/remote.h"

/* jemalloc reads this. Nearly all is allocated by one thread, so that more arenas would only cost memory; and a lab's
 * values come and go together, thousands of one size, so that larger caches of free ones pay. */
extern const char *malloc_conf;
const char *malloc_conf = "narenas:1,tcache_nslots_small_max:2000,lg_tcache_nslots_mul:6";

static const struct command {
	const char *name, *summary;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "run", "keep the cluster equal to the repositories", command_run },
	{ "sync", "do that once and exit", command_sync },
	{ "status", "show the labs on the cluster", command_status },
	{ "disks", "show the disks that labs left behind, and delete them", command_disks },
	{ "render", "show the Kubernetes objects that files become", command_render },
	{ "validate", "check files", command_validate },
	{ "lint", "find what is legal in files but suspicious", command_lint },
	{ "explain", "tell what a field of a lab means", command_explain },
	{ "schema", "print what labs may hold, for editors", command_schema },
	{ "graph", "show the topology that files describe", command_graph },
	{ "new", "write a first lab to begin with", command_new },
	{ "convert", "write a containerlab topology as a lab", command_convert },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static void print_help(FILE *out)
{
	fputs("labsync keeps virtual network labs on a KubeVirt cluster equal to what Git says.\n\n"
	      "usage: labsync COMMAND [--help] ...\n\n",
	      out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN); /* a peer that hangs up is an error of one write, not the end */
	if (argc < 2) {
		print_help(stderr);
		return 2;
	}
	/* The other end of sync/git/remote.h; not for people. */
	if (strcmp(argv[1], "git-helper") == 0)
		return remote_helper_main();
	if (strcmp(argv[1], "--version") == 0) {
		puts("labsync " LABSYNC_VERSION);
		return 0;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_help(stdout);
		return 0;
	}
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "labsync: error: unknown command \"%s\"; see labsync --help\n", argv[1]);
	return 2;
}
