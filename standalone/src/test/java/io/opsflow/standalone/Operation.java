package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of the API document.
 *
 * @param method get or post
 */
record Operation(String method, String path) {

    private static final Set<String> METHODS = Set.of("get", "post");

    /** Of any side's document, with and without the version in the path; but for what streams, and what is not published. */
    static Set<Operation> all(List<ApiClient> sides) {
        Set<Operation> operations = new LinkedHashSet<>();
        for (ApiClient side : sides) {
            side.get("/v3/api-docs").body().get("paths").forEachEntry((path, methods) -> {
                if (!path.endsWith("/subscribe") && !path.startsWith("/actuator")) {
                    methods.propertyNames().stream().filter(METHODS::contains).forEach(method -> {
                        operations.add(new Operation(method, path));
                        operations.add(new Operation(method, path.replace("/opsflow/v1/", "/opsflow/")));
                    });
                }
            });
        }
        assertThat(operations).contains(new Operation("post", "/opsflow/v1/task/create"));
        return operations;
    }

    /** With an empty request. */
    ApiClient.Answer ask(ApiClient client) {
        return method.equals("post") ? client.post(path, Map.of()) : client.get(path);
    }

    /** Whether whoever was asked has nothing at this path. */
    static boolean isNone(ApiClient.Answer answer) {
        return answer.status() == 404 && answer.code().equals("ERROR_INVALID_ARGUMENT");
    }
}
