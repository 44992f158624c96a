/* extras and multiZone: on which workers the VMs run. */
#include "render/dialects/controlplane/build.h"

#define ZONE_LABEL "topology.kubernetes.io/zone"

/* As evenly over the zones as there is room, without waiting for any. */
static const struct yaml_node *zone_spread(const struct workload_build *build, const struct yaml_node *at)
{
	struct arena *arena = build->arena;
	struct yaml_node *spread = tree_mapping(arena, at);
	struct yaml_node *selector = tree_mapping_at(arena, spread, "labelSelector", at);

	tree_set(arena, tree_mapping_at(arena, selector, "matchLabels", at), LABEL_WORKLOAD,
		 tree_text(arena, at, build->name));
	tree_set(arena, spread, "maxSkew", tree_integer(arena, at, 1));
	tree_set(arena, spread, "topologyKey", tree_text(arena, at, ZONE_LABEL));
	tree_set(arena, spread, "whenUnsatisfiable", tree_text(arena, at, "ScheduleAnyway"));
	return spread;
}

void placement_give(struct workload_build *build)
{
	const struct workload_extras *extras = build->spec->extras;
	const struct workload_zones *zones = build->spec->options ? build->spec->options->zones : NULL;
	const struct yaml_node *given = extras ? extras->spread_constraints : NULL, *at = build->document->root;
	bool by_zone = zones && zones->enabled && *zones->enabled;
	struct yaml_node *placement, *constraints;

	if (!by_zone &&
	    (extras == NULL || (given == NULL && extras->affinity == NULL && extras->tolerations == NULL)))
		return;
	placement = tree_mapping_at(build->arena, build->vm, "placement", at);
	if (extras) {
		tree_set(build->arena, placement, "affinity", extras->affinity);
		tree_set(build->arena, placement, "tolerations", extras->tolerations);
	}
	constraints = given ? tree_copy(build->arena, given) : tree_list(build->arena, at);
	if (by_zone)
		tree_append(build->arena, constraints,
			    zone_spread(build, tree_at(build->arena, &zones->settings.place)));
	if (constraints->count)
		tree_set(build->arena, placement, "topologySpreadConstraints", constraints);
}
