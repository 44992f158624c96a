/* Topologies for tests, from lab files or made up. */
#pragma once

#include <string.h>

#include "render/topology/topology.h"
#include "tests/unit/suite.h"

#define GRAPH_LAB(name)                                                                                              \
	"apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: " name ", namespace: labs}\n"
#define GRAPH_VM "{vm: {image: 'docker://example.org/vm:1', diskSize: 1G}}"
#define GRAPH_POD "{pod: {image: a}}"

struct graph_reading {
	struct lab_set set;
	struct topology topology;
	struct diagnostics diagnostics;
};

static inline void graph_reading_init(struct graph_reading *reading, const char *text)
{
	struct lab_file file = { "a.yaml", text, strlen(text) };

	*reading = (struct graph_reading){ .set = LAB_SET_INIT };
	lab_set_read(&reading->set, &file, 1, &(struct lab_options){ .default_namespace = "default" },
		     &reading->diagnostics);
	topology_build(&reading->topology, &reading->set);
}

static inline void graph_reading_cleanup(struct graph_reading *reading)
{
	topology_deinit(&reading->topology);
	lab_set_deinit(&reading->set);
	diagnostics_deinit(&reading->diagnostics);
}
