/* Links to other documents of Control Plane: cpln://KIND/NAME, //KIND/NAME, /org/ORG/KIND/NAME. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/mapping.h"
#include "render/lab/names.h"

#define ORGANIZATION "/org/"

/* What follows the organization, which must be one's own; NULL after it told what is wrong. */
static const char *organization_check(const struct workload_build *build, const struct place *place, const char *text)
{
	const char *begin = text + strlen(ORGANIZATION), *end = strchr(begin, '/');
	const char *own = mapping_organization(build->translation->facts);
	const char *named = arena_copy(build->arena, begin, end ? (size_t)(end - begin) : strlen(begin));

	if (*named == '\0')
		return "";
	if (own == NULL)
		reader_error_at(build->reader, place,
				"whether %s is of your organization is not known; write it with \"//\" in place of "
				"\"/org/%s/\", or add organization: %s to a labsync.dev/v1alpha1 Mapping",
				reader_quote(build->reader, text), named, named);
	else if (!text_equal(own, named))
		reader_error_at(
			build->reader, place,
			"%s is of another organization than yours, which is %s; use one of yours, or what is public",
			reader_quote(build->reader, text), own);
	else
		return end ? end + 1 : "";
	return NULL;
}

/* What follows the beginning of any link; NULL after it told what is wrong. */
static const char *link_rest(const struct workload_build *build, const struct place *place, const char *text,
			     const char *kind)
{
	static const char *const beginnings[] = { "cpln://", "//", NULL };

	for (size_t i = 0; beginnings[i]; i++)
		if (text_starts_with(text, beginnings[i]))
			return text + strlen(beginnings[i]);
	if (text_starts_with(text, ORGANIZATION))
		return organization_check(build, place, text);
	reader_error_at(build->reader, place, "%s links to no %s; write //%s/NAME", reader_quote(build->reader, text),
			kind, kind);
	return NULL;
}

bool link_read(const struct workload_build *build, const struct place *place, const char *text, const char *kind,
	       struct link *link)
{
	const char *rest = link_rest(build, place, text, kind), *at = rest;
	size_t length = strlen(kind);

	if (rest == NULL)
		return false;
	if (text_starts_with(at, "gvc/") && strchr(at + strlen("gvc/"), '/'))
		at = strchr(at + strlen("gvc/"), '/') + 1;
	if (!text_starts_with(at, kind) || at[length] != '/' || at[length + 1] == '\0') {
		reader_error_at(build->reader, place, "%s links to no %s; write //%s/NAME",
				reader_quote(build->reader, text), kind, kind);
		return false;
	}
	*link = (struct link){ .before = arena_copy(build->arena, rest, (size_t)(at - rest)),
			       .name = at + length + 1 };
	return true;
}

const char *link_secret(const struct workload_build *build, const struct place *place, const char *text,
			const struct fact **document)
{
	struct link link;

	if (!link_read(build, place, text, "secret", &link))
		return NULL;
	if (!name_is_subdomain(link.name)) {
		reader_error_at(build->reader, place, "%s is no name of a secret; write //secret/NAME",
				reader_quote(build->reader, link.name));
		return NULL;
	}
	*document = facts_find(build->translation->facts, build->document->dialect->name, "secret",
			       build->translation->namespace_name, link.name);
	return link.name;
}
