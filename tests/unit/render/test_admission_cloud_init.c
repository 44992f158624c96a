#include "../suite.h"
#include "admission_check.h"

/* Text of 2048 bytes, and what begins its base64. */
#define FOUR(text) text text text text
#define A2048 FOUR(FOUR(FOUR(FOUR("aaaaaaaa"))))
#define YWFH_682                                                                                                     \
	FOUR(FOUR(FOUR(FOUR("YWFhYWFh"))))                                                                           \
	FOUR(FOUR(FOUR("YWFhYWFh"))) FOUR(FOUR("YWFhYWFh")) FOUR("YWFhYWFh") "YWFhYWFh"

START_TEST(cloud_init)
{
	static const struct admission_case cases[] = {
		{ "A55: a Secret",
		  "{volumes: [{name: root, cloudInitNoCloud: {secretRef: {name: a}, networkDataSecretRef: {name: "
		  "a}}}]}",
		  "" },
		{ "A55: a Secret and text",
		  "{volumes: [{name: root, cloudInitNoCloud: {secretRef: {name: a}, userData: b}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud: user data is given 2 times; keep one of "
		  "secretRef, "
		  "userDataBase64 and userData" },
		{ "A55: network data twice",
		  "{volumes: [{name: root, cloudInitNoCloud: {networkData: a, networkDataBase64: YQ==}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud: network data is given 2 times; keep one of "
		  "networkDataSecretRef, networkDataBase64 and networkData" },
		{ "A55: nothing", "{volumes: [{name: root, cloudInitNoCloud: {}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud: cloud-init has nothing to read; give userData, "
		  "networkData or a secretRef" },
		{ "A55: a Secret without a name", "{volumes: [{name: root, cloudInitConfigDrive: {secretRef: {}}}]}",
		  "spec.template.spec.volumes[0].cloudInitConfigDrive: cloud-init has nothing to read; give "
		  "userData, "
		  "networkData or a secretRef" },
		{ "A55: network data alone",
		  "{volumes: [{name: root, cloudInitConfigDrive: {networkData: 'version: 2'}}]}", "" },
		{ "A56: base64",
		  "{volumes: [{name: root, cloudInitNoCloud: {userDataBase64: I2Nsb3VkLWNvbmZpZwo=}}]}", "" },
		{ "A56: no base64", "{volumes: [{name: root, cloudInitNoCloud: {userDataBase64: '#cloud-config'}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud.userDataBase64: this is no base64; encode the user "
		  "data, or give it under userData" },
		{ "A56: base64 cut short",
		  "{volumes: [{name: root, cloudInitNoCloud: {networkDataBase64: I2Nsb3VkLWNvbmZpZwo}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud.networkDataBase64: this is no base64; encode the "
		  "network data, or give it under networkData" },
		{ "A57: 2048 bytes", "{volumes: [{name: root, cloudInitNoCloud: {userData: " A2048 "}}]}", "" },
		{ "A57: 2049 bytes",
		  "{volumes: [{name: root, cloudInitNoCloud: {userData: " A2048 "a"
		  "}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud.userData: 2049 bytes of user data are too many "
		  "here, "
		  "2048 are allowed; put it in a Secret and name that under secretRef" },
		{ "A57: 2049 bytes in base64",
		  "{volumes: [{name: root, cloudInitNoCloud: {networkDataBase64: " YWFH_682 "YWFh"
		  "}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud.networkDataBase64: 2049 bytes of network data are "
		  "too many here, 2048 are allowed; put it in a Secret and name that under networkDataSecretRef" },
		{ "A57: 2048 bytes in base64",
		  "{volumes: [{name: root, cloudInitNoCloud: {networkDataBase64: " YWFH_682 "YWE="
		  "}}]}",
		  "" },
		{ "a number for text", "{volumes: [{name: root, cloudInitNoCloud: {userData: 7}}]}",
		  "spec.template.spec.volumes[0].cloudInitNoCloud.userData: this is a number; write text, in quotes\n"
		  "spec.template.spec.volumes[0].cloudInitNoCloud: cloud-init has nothing to read; give userData, "
		  "networkData or a secretRef" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { cloud_init };

	return suite_run("render/admission_cloud_init", tests, ARRAY_SIZE(tests));
}
