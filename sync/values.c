#include "sync/values.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/quantity.h"
#include "sync/durations.h"

/* Plain maps and structs that the API writes or leaves out at will when they
 * are empty. */
static const char *const dropped_when_empty[] = {
	"metadata.labels",
	"metadata.annotations",
	"template.metadata",
	"dataVolumeTemplates[].metadata",
	"nodeSelector",
	"matchLabels",
	"resources",
	"resources.requests",
	"resources.limits",
	"domain.devices",
	"domain.features.acpi",
};

/* The same, only right below the object. */
static const char *const dropped_at_top[] = { "data", "stringData", "binaryData" };

/* How a text may be written in more than one way. */
enum text_meaning { MEANING_TEXT, MEANING_QUANTITY, MEANING_DURATION, MEANING_ADDRESS, MEANING_INTEGER_OR_TEXT };

static const struct text_place {
	const char *pattern;
	enum text_meaning meaning;
} places[] = {
	{ "resources.requests.*", MEANING_QUANTITY },
	{ "resources.limits.*", MEANING_QUANTITY },
	{ "memory.guest", MEANING_QUANTITY },
	{ "memory.maxGuest", MEANING_QUANTITY },
	{ "emptyDisk.capacity", MEANING_QUANTITY },
	{ "hostDisk.capacity", MEANING_QUANTITY },
	{ "emptyDir.sizeLimit", MEANING_QUANTITY },
	{ "resourceFieldRef.divisor", MEANING_QUANTITY },
	{ "overhead.*", MEANING_QUANTITY },
	{ "autohealing.minFailingToStartDuration", MEANING_DURATION },
	{ "dnsConfig.nameservers[]", MEANING_ADDRESS },
	{ "dhcpOptions.ntpServers[]", MEANING_ADDRESS },
	{ "vmNetworkCIDR", MEANING_ADDRESS },
	{ "vmIPv6NetworkCIDR", MEANING_ADDRESS },
	{ "targetPort", MEANING_INTEGER_OR_TEXT },
	{ "httpGet.port", MEANING_INTEGER_OR_TEXT },
	{ "tcpSocket.port", MEANING_INTEGER_OR_TEXT },
	{ "rollingUpdate.maxSurge", MEANING_INTEGER_OR_TEXT },
	{ "rollingUpdate.maxUnavailable", MEANING_INTEGER_OR_TEXT },
};

static bool is_dropped_when_empty(const struct field_path *path)
{
	for (size_t i = 0; i < sizeof(dropped_when_empty) / sizeof(dropped_when_empty[0]); i++)
		if (field_path_ends_with(path, dropped_when_empty[i]))
			return true;
	for (size_t i = 0; i < sizeof(dropped_at_top) / sizeof(dropped_at_top[0]); i++)
		if (field_path_is(path, dropped_at_top[i]))
			return true;
	return field_path_is(path, "spec.selector") && object_type_is(path->type, "", "Service");
}

bool value_is_absent(const struct field_path *path, const json_t *value)
{
	const char *name;
	json_t *member;

	if (value == NULL || json_is_null(value))
		return true;
	if (json_is_array(value))
		return json_array_size(value) == 0;
	if (!json_is_object(value) || path->depth >= FIELD_DEPTH_MAX || !is_dropped_when_empty(path))
		return false;
	json_object_foreach ((json_t *)value, name, member) {
		struct field_path below = field_path_field(path, name);

		if (!value_is_absent(&below, member))
			return false;
	}
	return true;
}

/* Only what the object's author specifies has meaning beyond its text: a
 * label that happens to be called "targetPort" has not. */
static enum text_meaning meaning_find(const struct field_path *path)
{
	if (!field_path_is_within(path, "spec"))
		return MEANING_TEXT;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (field_path_ends_with(path, places[i].pattern))
			return places[i].meaning;
	return MEANING_TEXT;
}

/* "fd00:0::1" and "fd00::1", with or without a prefix length. */
static bool address_equal(const char *a, const char *b)
{
	unsigned char left[sizeof(struct in6_addr)], right[sizeof(struct in6_addr)];
	size_t a_length = strcspn(a, "/"), b_length = strcspn(b, "/");
	cleanup(free) char *a_host = string_copy_n(a, a_length), *b_host = string_copy_n(b, b_length);

	if (strcmp(a + a_length, b + b_length) != 0)
		return false;
	if (inet_pton(AF_INET6, a_host, left) == 1 && inet_pton(AF_INET6, b_host, right) == 1)
		return memcmp(left, right, sizeof(struct in6_addr)) == 0;
	return inet_pton(AF_INET, a_host, left) == 1 && inet_pton(AF_INET, b_host, right) == 1 &&
	       memcmp(left, right, sizeof(struct in_addr)) == 0;
}

/* A scalar's text; NULL when it is none. The caller frees. */
static char *scalar_text_new(const json_t *value)
{
	if (json_is_string(value))
		return string_copy(json_string_value(value));
	if (json_is_integer(value))
		return string_format("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_real(value))
		return string_format("%.15g", json_real_value(value));
	return NULL;
}

static bool text_means_same(const struct field_path *path, const json_t *a, const json_t *b)
{
	enum text_meaning meaning = meaning_find(path);
	cleanup(free) char *left = meaning == MEANING_TEXT ? NULL : scalar_text_new(a);
	cleanup(free) char *right = meaning == MEANING_TEXT ? NULL : scalar_text_new(b);

	if (left == NULL || right == NULL)
		return false;
	switch (meaning) {
	case MEANING_QUANTITY:
		return quantity_equal(left, right);
	case MEANING_DURATION:
		return duration_equal(left, right);
	case MEANING_ADDRESS:
		return address_equal(left, right);
	case MEANING_INTEGER_OR_TEXT:
		return strcmp(left, right) == 0;
	case MEANING_TEXT:
		break;
	}
	return false;
}

/* 64-bit integers are compared as such: a double cannot tell 2^53 from 2^53 + 1. */
static bool number_equal(const json_t *a, const json_t *b)
{
	const json_int_t exact = 1LL << 53;
	const json_t *integer = json_is_integer(a) ? a : b, *real = integer == a ? b : a;

	if (json_is_integer(a) && json_is_integer(b))
		return json_integer_value(a) == json_integer_value(b);
	if (json_is_real(a) && json_is_real(b))
		return json_real_value(a) == json_real_value(b);
	return json_integer_value(integer) > -exact && json_integer_value(integer) < exact &&
	       (double)json_integer_value(integer) == json_real_value(real);
}

static bool list_equal(const struct field_path *path, const json_t *a, const json_t *b)
{
	struct field_path item = field_path_item(path, "");

	if (json_array_size(a) != json_array_size(b))
		return false;
	for (size_t i = 0; i < json_array_size(a); i++)
		if (!value_equal(&item, json_array_get(a, i), json_array_get(b, i)))
			return false;
	return true;
}

static bool members_equal(const struct field_path *path, const json_t *a, const json_t *b)
{
	const char *name;
	json_t *member;

	json_object_foreach ((json_t *)a, name, member) {
		struct field_path below = field_path_field(path, name);

		if (!value_equal(&below, member, json_object_get(b, name)))
			return false;
	}
	json_object_foreach ((json_t *)b, name, member) {
		struct field_path below = field_path_field(path, name);

		if (json_object_get(a, name) == NULL && !value_is_absent(&below, member))
			return false;
	}
	return true;
}

bool value_equal(const struct field_path *path, const json_t *a, const json_t *b)
{
	if (a == b)
		return true;
	if (value_is_absent(path, a) || value_is_absent(path, b))
		return value_is_absent(path, a) && value_is_absent(path, b);
	if (path->depth >= FIELD_DEPTH_MAX)
		return json_equal(a, b);
	if (json_is_object(a) && json_is_object(b))
		return members_equal(path, a, b);
	if (json_is_array(a) && json_is_array(b))
		return list_equal(path, a, b);
	if (json_is_number(a) && json_is_number(b) && number_equal(a, b))
		return true;
	return json_equal(a, b) || text_means_same(path, a, b);
}

bool value_is_held(const struct field_path *path, const json_t *wanted, const json_t *live)
{
	struct field_path below = field_path_item(path, "");
	const char *name;
	json_t *member;
	size_t i;

	if (path->depth >= FIELD_DEPTH_MAX)
		return json_equal(wanted, live);
	if (json_is_array(wanted) && json_is_array(live)) {
		if (json_array_size(wanted) != json_array_size(live))
			return false;
		json_array_foreach (wanted, i, member)
			if (!value_is_held(&below, member, json_array_get(live, i)))
				return false;
		return true;
	}
	/* An empty object means something by itself: everything, or nothing at all. */
	if (!json_is_object(wanted) || !json_is_object(live) || json_object_size(wanted) == 0)
		return value_equal(path, wanted, live);
	json_object_foreach ((json_t *)wanted, name, member) {
		below = field_path_field(path, name);
		if (!value_is_held(&below, member, json_object_get(live, name)))
			return false;
	}
	return true;
}

static json_t *object_copy_without_nulls(const json_t *object)
{
	json_t *copy = json_object(), *member;
	const char *name;

	json_object_foreach ((json_t *)object, name, member)
		if (!json_is_null(member))
			json_object_set_new(copy, name, value_copy_without_nulls(member));
	return copy;
}

json_t *value_copy_without_nulls(const json_t *value)
{
	json_t *copy;

	if (json_is_object(value))
		return object_copy_without_nulls(value);
	if (!json_is_array(value))
		return json_copy((json_t *)value);
	copy = json_array();
	for (size_t i = 0; i < json_array_size(value); i++)
		json_array_append_new(copy, value_copy_without_nulls(json_array_get(value, i)));
	return copy;
}
