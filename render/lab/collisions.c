#include "render/lab/collisions.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/claims.h"
#include "render/lab/manifest_collisions.h"

/* Its documents name no lab: the file's path does. */
#define NAME_BY_ANNOTATION                                                                                           \
	"put its documents into one file, or call one of the labs otherwise with annotation labsync.dev/lab"

enum claim_kind { CLAIM_NODE, CLAIM_LINK };

/* A lab's claim to an object's name in its namespace. */
struct claim {
	enum claim_kind kind;
	const char *object_name, *name;
	struct lab *lab;
	size_t line, column;
};

static const char *const claim_words[] = { [CLAIM_NODE] = "node", [CLAIM_LINK] = "link" };

static int lab_compare(const void *left, const void *right)
{
	const struct lab *a = *(struct lab *const *)left, *b = *(struct lab *const *)right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	if (order == 0)
		order = strcmp(a->name, b->name);
	return order ? order
		     : place_order(&(struct place){ a->path, a->line, a->column },
				   &(struct place){ b->path, b->line, b->column });
}

static bool labs_are_same(const struct lab *a, const struct lab *b)
{
	return text_equal(a->namespace_name, b->namespace_name) && text_equal(a->name, b->name);
}

static void check_labs(struct lab **sorted, size_t count, struct diagnostics *diagnostics)
{
	for (size_t i = 1; i < count; i++) {
		struct lab *first = sorted[i - 1], *second = sorted[i];

		if (!labs_are_same(first, second))
			continue;
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, second->path, second->name_line, second->name_column,
				"lab \"%s\" of namespace \"%s\" is also at %s:%zu:%zu; %s", second->name,
				second->namespace_name, first->path, first->name_line, first->name_column,
				first->translated || second->translated ? NAME_BY_ANNOTATION
									: "keep one, or rename one");
		first->valid = second->valid = false;
	}
}

static int claim_compare_name(const struct claim *a, const struct claim *b)
{
	int order = (int)a->kind - (int)b->kind;

	if (order == 0)
		order = strcmp(a->lab->namespace_name, b->lab->namespace_name);
	return order ? order : strcmp(a->object_name, b->object_name);
}

static int claim_compare(const void *left, const void *right)
{
	const struct claim *a = left, *b = right;
	int order = claim_compare_name(a, b);

	return order ? order
		     : place_order(&(struct place){ a->lab->path, a->line, a->column },
				   &(struct place){ b->lab->path, b->line, b->column });
}

/* Names that were too long are none. */
static size_t claims_collect(struct lab **labs, size_t count, struct claim *claims)
{
	size_t filled = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < labs[i]->node_count; j++) {
			const struct lab_node *node = &labs[i]->nodes[j];

			if (node->object_name)
				claims[filled++] = (struct claim){ CLAIM_NODE, node->object_name, node->name,
								   labs[i],    node->line,        node->column };
		}
		for (size_t j = 0; j < labs[i]->link_count; j++) {
			const struct lab_link *link = &labs[i]->links[j];

			if (link->object_name)
				claims[filled++] = (struct claim){ CLAIM_LINK, link->object_name, link->name,
								   labs[i],    link->line,        link->column };
		}
	}
	return filled;
}

static void claims_refuse(const struct claim *first, const struct claim *second, struct diagnostics *diagnostics)
{
	const char *word = claim_words[second->kind];

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, second->lab->path, second->line, second->column,
			"%s \"%s\" of lab \"%s\" and %s \"%s\" of lab \"%s\" at %s:%zu:%zu are both called \"%s\"; "
			"rename one",
			word, second->name, second->lab->name, word, first->name, first->lab->name, first->lab->path,
			first->line, first->column, second->object_name);
	first->lab->valid = second->lab->valid = false;
}

static void check_names(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	cleanup(free) struct claim *claims = NULL;
	size_t room = 0, filled;

	for (size_t i = 0; i < count; i++)
		room += labs[i]->node_count + labs[i]->link_count;
	claims = memory_new_array(room, sizeof(*claims));
	filled = claims_collect(labs, count, claims);
	qsort(claims, filled, sizeof(*claims), claim_compare);
	for (size_t i = 1; i < filled; i++)
		if (claim_compare_name(&claims[i - 1], &claims[i]) == 0 &&
		    !labs_are_same(claims[i - 1].lab, claims[i].lab))
			claims_refuse(&claims[i - 1], &claims[i], diagnostics);
}

void collisions_check(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	if (count)
		qsort(labs, count, sizeof(*labs), lab_compare);
	check_labs(labs, count, diagnostics);
	check_names(labs, count, diagnostics);
	manifest_collisions_check(labs, count, diagnostics);
	claims_check(labs, count, diagnostics);
}
