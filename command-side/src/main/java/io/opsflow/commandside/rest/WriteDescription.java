package io.opsflow.commandside.rest;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes the headers of a {@link Write} in the published API description. */
@Component
class WriteDescription implements OperationCustomizer {

    WriteDescription() {
        // springdoc keeps these in its own static settings.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(WriteHeaders.class);
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == WriteHeaders.class)) {
            operation
                    .addParametersItem(header(
                            Write.IDEMPOTENCY_KEY,
                            "1 to 255 printable ASCII characters: the same key with the same request gets the same"
                                    + " answer again, for 24 hours at least"))
                    .addParametersItem(header(
                            HttpHeaders.IF_MATCH, "* or versions in quotes, as ETag has them: else the answer is 412"));
        }
        return operation;
    }

    private static HeaderParameter header(String name, String description) {
        HeaderParameter header = new HeaderParameter();
        header.name(name).description(description).schema(new StringSchema());
        return header;
    }
}
