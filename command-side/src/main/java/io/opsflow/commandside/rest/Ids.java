package io.opsflow.commandside.rest;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Makes ids, and knows their form: a prefix, a dash, twelve lowercase hex digits. */
@Component
class Ids {

    private static final String DIGITS = "-[0-9a-f]{12}";

    /** What has an id of its own. */
    enum Kind {
        TASK("task", "task_id"),
        TASK_CATEGORY("category", "category_id"),
        TASK_TYPE("task-type", "task_type_id"),
        STATUS("status", "status_id"),
        FIELD("field", "field_id");

        private final String prefix;
        private final String key;
        private final Pattern form;

        Kind(String prefix, String key) {
            this.prefix = prefix;
            this.key = key;
            this.form = Pattern.compile(Pattern.quote(prefix) + DIGITS);
        }

        /** The member of requests and answers that holds it. */
        String key() {
            return key;
        }

        /** Reads the id of what a request is about. What cannot be an id is no error: there just is nothing under it. */
        String of(Members request) {
            String id = request.requiredText(key, 255);
            if (!form.matcher(id).matches()) {
                throw ApiException.notFound(key, id);
            }
            return id;
        }
    }

    private final SecureRandom random = new SecureRandom();

    String next(Kind kind) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return kind.prefix + "-" + HexFormat.of().formatHex(bytes);
    }
}
