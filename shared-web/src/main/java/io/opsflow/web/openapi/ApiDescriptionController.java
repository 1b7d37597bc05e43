package io.opsflow.web.openapi;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The API's description, for programs and for people. */
@RestController
class ApiDescriptionController {

    private static final URI PAGE = URI.create("/swagger-ui/index.html");

    private final SingletonSupplier<JsonNode> description = SingletonSupplier.of(ApiDescription::read);

    @GetMapping("/v3/api-docs")
    JsonNode description() {
        return description.obtain();
    }

    @GetMapping("/swagger-ui.html")
    ResponseEntity<Void> page() {
        return ResponseEntity.status(HttpStatus.FOUND).location(PAGE).build();
    }
}
