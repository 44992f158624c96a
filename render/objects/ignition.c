#include "render/objects/ignition.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"

/* JSON has no octal numbers. */
enum { MODE_SECRET = 0600, MODE_SUDOERS = 0440, MODE_PUBLIC = 0644 };

/* Files are data URLs (RFC 2397) in base64, so that no character needs escaping. */
static void file_add(json_t *files, const char *path, int mode, const char *text)
{
	cleanup(free) char *encoded = base64_new(text, strlen(text));
	cleanup(free) char *url = string_format("data:;base64,%s", encoded);

	json_array_append_new(files, json_pack("{s:s, s:i, s:b, s:{s:s}}", "path", path, "mode", mode, "overwrite", 1,
					       "contents", "source", url));
}

enum family { FAMILY_IPV4, FAMILY_IPV6 };

static const struct {
	const char *section;
	const char *method_without_address;
} families[] = {
	[FAMILY_IPV4] = { "ipv4", "disabled" },
	[FAMILY_IPV6] = { "ipv6", "link-local" },
};

static enum family family_of(const char *address)
{
	return strchr(address, ':') ? FAMILY_IPV6 : FAMILY_IPV4;
}

/* One section of NetworkManager's keyfile. */
static void family_write(const struct lab_interface *interface, enum family family, struct buffer *out)
{
	cleanup(buffer) struct buffer lines = BUFFER_INIT;
	size_t addresses = 0, routes = 0;

	for (size_t i = 0; i < interface->address_count; i++) {
		if (family_of(interface->addresses[i]) == family)
			buffer_format(&lines, "address%zu=%s\n", ++addresses, interface->addresses[i]);
	}
	for (size_t i = 0; i < interface->route_count; i++) {
		if (family_of(interface->routes[i].to) == family)
			buffer_format(&lines, "route%zu=%s,%s\n", ++routes, interface->routes[i].to,
				      interface->routes[i].via);
	}
	buffer_format(out, "\n[%s]\nmethod=%s\n%s", families[family].section,
		      addresses > 0 ? "manual" : families[family].method_without_address, buffer_text(&lines));
}

static void connection_add(json_t *files, const struct lab_interface *interface)
{
	cleanup(free) char *path =
		string_format("/etc/NetworkManager/system-connections/%s.nmconnection", interface->name);
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	buffer_format(&text, "[connection]\nid=%s\ntype=ethernet\n\n[ethernet]\nmac-address=%s\n", interface->name,
		      interface->mac);
	family_write(interface, FAMILY_IPV4, &text);
	family_write(interface, FAMILY_IPV6, &text);
	file_add(files, path, MODE_SECRET,
		 buffer_text(&text)); /* NetworkManager ignores keyfiles that others may read */
}

static json_t *files_build(const struct lab_node *node)
{
	json_t *files = json_array();
	cleanup(free) char *hostname = string_format("%s\n", node->name);
	cleanup(free) char *sudoers = string_format("%s ALL=(ALL) NOPASSWD:ALL\n", node->vm.user);

	file_add(files, "/etc/hostname", MODE_PUBLIC, hostname);
	/* Not named for the user: sudo skips files with a dot in their name. */
	file_add(files, "/etc/sudoers.d/labsync", MODE_SUDOERS, sudoers);
	/* CoreOS turns passwords off in a later file; sshd keeps the first value that it reads. */
	file_add(files, "/etc/ssh/sshd_config.d/20-labsync.conf", MODE_SECRET, "PasswordAuthentication yes\n");
	for (size_t i = 0; i < node->interface_count; i++) {
		if (node->interfaces[i].address_count > 0 || node->interfaces[i].route_count > 0)
			connection_add(files, &node->interfaces[i]);
	}
	return files;
}

void ignition_write(const struct lab_node *node, const char *password_hash, struct buffer *out)
{
	cleanup(json) json_t *config =
		json_pack("{s:{s:s}, s:{s:[{s:s, s:s, s:[s], s:s}]}, s:{s:o}}", "ignition", "version", "3.2.0",
			  "passwd", "users", "name", node->vm.user, "passwordHash", password_hash, "groups", "wheel",
			  "shell", "/bin/bash", "storage", "files", files_build(node));
	cleanup(free) char *text = json_text_new(config);

	buffer_append_text(out, text);
}
