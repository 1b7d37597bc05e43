package io.opsflow.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health check that gateways of the published contract ask for. */
@RestController
class CheckController {

    @GetMapping("/check")
    Serving check() {
        return new Serving("SERVING");
    }

    record Serving(String status) {}
}
