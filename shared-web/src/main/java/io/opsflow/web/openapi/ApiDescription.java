package io.opsflow.web.openapi;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the whole API, of both sides, whichever serves it: the files of {@code openapi/}, put together. It
 * is written by hand, beside the code and not in it, and tests hold the two against each other.
 */
public final class ApiDescription {

    /** In the order in which the verbs are shown. */
    private static final List<String> PARTS =
            List.of("opsflow", "query", "task", "past", "catalog", "operation", "service");

    private static final String FOR_THE_FILE_ALONE = "x-";

    private ApiDescription() {}

    /** @throws IllegalStateException where two parts describe the same thing */
    public static ObjectNode read() {
        ObjectNode description = Json.mapper().createObjectNode();
        for (String part : PARTS) {
            ObjectNode read = part(part);
            read.remove(read.propertyNames().stream()
                    .filter(name -> name.startsWith(FOR_THE_FILE_ALONE))
                    .toList());
            add(read, description, part);
        }
        return description;
    }

    private static void add(ObjectNode part, ObjectNode whole, String place) {
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            String name = member.getKey();
            JsonNode there = whole.get(name);
            if (there == null) {
                whole.set(name, member.getValue());
            } else if (there instanceof ObjectNode object && member.getValue() instanceof ObjectNode more) {
                add(more, object, place + "." + name);
            } else {
                throw new IllegalStateException("described twice: " + place + "." + name);
            }
        }
    }

    private static ObjectNode part(String name) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000); // the limit is against strangers' files
        try (InputStream file = new ClassPathResource("openapi/" + name + ".yaml").getInputStream()) {
            Object yaml = new Yaml(new SafeConstructor(options)).load(file);
            return Json.mapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
