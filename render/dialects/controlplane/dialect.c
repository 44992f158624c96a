/* Control Plane: workloads of type vm, as `cpln apply` takes them, with volume sets and
 * secrets. Identities, GVCs and domains are known and mean nothing here. */
#include "render/dialects/dialect.h"

#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/secret_types.h"
#include "render/dialects/controlplane/workload.h"

extern const struct dialect controlplane_dialect;

/* Tells what is wrong with it where it stands; workloads read it again. */
static void volume_set_check(struct reader *reader, const struct fact *document)
{
	if (document->spec)
		object_read(reader, document->spec, "spec", &volume_set_spec_type);
	else
		reader_refuse(reader, document->root, "volumeset has no spec; add it");
}

static const struct dialect_kind kinds[] = {
	{ .name = "workload",
	  .type = &workload_document_type,
	  .say_names = workload_say_names,
	  .translate = workload_translate,
	  .description = "A workload of type vm: one virtual machine or several alike, with what reaches them." },
	{ .name = "volumeset",
	  .type = &volume_set_document_type,
	  .is_fact = true,
	  .check = volume_set_check,
	  .description = "What the disks are made like of workloads that name it." },
	{ .name = "secret",
	  .type = &secret_document_type,
	  .is_fact = true,
	  .translate = secret_translate,
	  .description = "Keys and texts that become a Secret: user data, SSH keys, files on a disk." },
	{ .name = "identity",
	  .type = &identity_document_type,
	  .description = "Rights of workloads in clouds. Read without effect." },
	{ .name = "gvc",
	  .type = &gvc_document_type,
	  .of_cluster = true,
	  .description = "Where a group of workloads would run. Read without effect." },
	{ .name = "domain",
	  .type = &domain_document_type,
	  .of_cluster = true,
	  .description = "Public names of workloads. Read without effect." },
	{ .name = NULL },
};

static const char *const versions[] = { "", NULL };

/* What `cpln apply` takes besides, for Control Plane's own sake. */
static const char *const refused_kinds[] = { "agent",          "auditctx", "cloudaccount", "dbcluster",
					     "group",          "image",    "ipset",        "location",
					     "mk8s",           "org",      "policy",       "quota",
					     "serviceaccount", "tenant",   "user",         NULL };

const struct dialect controlplane_dialect = {
	.name = "controlplane",
	.title = "Control Plane",
	.versions = versions,
	.kinds = kinds,
	.metadata = controlplane_metadata,
	.refused_kinds = refused_kinds,
};
