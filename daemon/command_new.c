#include "daemon/command_new.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/text.h"
#include "daemon/lab_writing.h"
#include "render/objects/password.h"

#define USER "lab"

enum {
	LAB_NAME_MAX = 56, /* "<lab>-<node>" must fit a label of 63 characters; the longest name here is "client" */
	PASSWORD_LENGTH = 16 /* letters of 5 bits */
};

static const struct lab_writing_command command = {
	.usage = "Usage: labsync new [--namespace NAMESPACE] [--output FILE] NAME\n"
		 "\n"
		 "Writes a first lab called NAME: two VMs and a pod on one link, with comments that say what\n"
		 "can be changed. The VMs' password is made by chance and told on stderr; the lab holds its\n"
		 "hash.\n"
		 "\n"
		 "  -n, --namespace NAMESPACE  the lab's; default: default\n"
		 "  -o, --output FILE          a new file instead of standard output\n"
		 "  -h, --help                 this text\n",
	.missing = "the lab has no name",
};

static const char head[] =
	"# A lab: two VMs and a pod on one link. Check a change with `labsync validate`, see what it\n"
	"# becomes on the cluster with `labsync render`, then commit and push it.\n"
	"apiVersion: knl.kubenetlab.net/v1beta1\n"
	"kind: Lab\n"
	"metadata:\n"
	"  # Every object of the lab is called after it: %1$s-r1, %1$s-lan.\n"
	"  name: \"%1$s\"\n"
	"  namespace: \"%2$s\"\n";

static const char body[] =
	"spec:\n"
	"  # What all nodes of a type have, unless they say otherwise.\n"
	"  defaults:\n"
	"    vm:\n"
	"      # A disk in a container image (docker://), or a qcow2 file on a web server (https://).\n"
	"      image: docker://quay.io/containerdisks/debian:13\n"
	"      # How large the VM's own disk is; at least as large as the image.\n"
	"      diskSize: 10G\n"
	"      cpu: 1\n"
	"      memory: 1Gi\n"
	"      user: " USER "\n"
	"      # The hash of a password, as `mkpasswd --method=sha-512` makes it. An SSH key does without:\n"
	"      # sshKeys: [ssh-ed25519 AAAA... me@example.org]\n"
	"      passwdHash: %s\n"
	"  nodes:\n"
	"    r1:\n"
	"      vm:\n"
	"        # What can be reached at the VM's Service; ssh alone, if nothing is said.\n"
	"        ports:\n"
	"        - {name: ssh, port: 22}\n"
	"        - {name: web, port: 80}\n"
	"    # All from the defaults.\n"
	"    r2:\n"
	"      vm: {}\n"
	"    client:\n"
	"      pod:\n"
	"        image: docker.io/library/alpine:3.22\n"
	"        # A pod ends when its command does.\n"
	"        cmd: sleep infinity\n"
	"  links:\n"
	"    # A link is a switch: two ends or more. Nodes have one interface for each, beside the\n"
	"    # cluster's own network.\n"
	"    lan:\n"
	"      nodes:\n"
	"      - node: r1\n"
	"        addrs: [10.0.0.1/24, \"2001:db8::1/64\"]\n"
	"        # Fixed, so that r1 is always known by it. Without one, labsync derives it.\n"
	"        mac: \"02:00:00:00:00:01\"\n"
	"      - node: r2\n"
	"        addrs: [10.0.0.2/24]\n"
	"        # Where packets for other networks go.\n"
	"        routes: [\"10.1.0.0/16 via 10.0.0.1\"]\n"
	"      - node: client\n"
	"        # What the interface is called in the pod; eth0 is the cluster's network.\n"
	"        port: eth1\n"
	"        addrs: [10.0.0.3/24]\n";

/* Before anything is written: the name stands in the middle of the text. */
static bool name_check(const char *name)
{
	cleanup(free) char *shown = text_printable(name, TEXT_ONE_LINE);

	if (text_is_dns_label(name) && !(name[0] >= '0' && name[0] <= '9') && strlen(name) <= LAB_NAME_MAX)
		return true;
	fprintf(stderr,
		"error: \"%s\" is no name for a lab; use at most %d lower-case letters, digits and '-', beginning "
		"with a letter\n",
		shown, LAB_NAME_MAX);
	return false;
}

/* Without l and o, which look like 1 and 0. */
static void password_make(char password[PASSWORD_LENGTH + 1])
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char random[PASSWORD_LENGTH];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		abort(); /* so few bytes are never cut short */
	for (size_t i = 0; i < PASSWORD_LENGTH; i++)
		password[i] = letters[random[i] % (sizeof(letters) - 1)];
	password[PASSWORD_LENGTH] = '\0';
	explicit_bzero(random, sizeof(random));
}

/* False after saying why not. */
static bool text_write(const struct lab_writing *writing, const char *password, struct buffer *text)
{
	const char *space = writing->namespace_name ? writing->namespace_name : "default";
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	const char *hash = passwords_hash(&passwords, space, USER, password, &err);

	if (hash == NULL) {
		fprintf(stderr, "error: %s\n", err.message);
		return false;
	}
	buffer_format(text, head, writing->word, space);
	buffer_format(text, body, hash);
	return true;
}

int command_new(int argc, char **argv)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	char password[PASSWORD_LENGTH + 1];
	struct lab_writing writing;
	int code;

	if (!lab_writing_parse(&writing, &command, argc, argv, &code))
		return code;
	if (!name_check(writing.word))
		return EXIT_USAGE;
	password_make(password);
	if (!text_write(&writing, password, &text) || !lab_writing_check(&writing, &text) ||
	    !lab_writing_save(&writing, &text))
		return EXIT_FAILED;
	fprintf(stderr, "The VMs' user %s has the password %s; the lab holds only its hash.\n", USER, password);
	return EXIT_DONE;
}
