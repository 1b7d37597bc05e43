package io.opsflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ConsoleRoutesTest {

    private final ConsoleFiles files = ConsoleFiles.load();
    private final MockMvc web = MockMvcBuilders.routerFunctions(new ConsoleConfiguration().console())
            .build();

    @Test
    void thePageIsAskedForAgainAndItsPolicyIsStrict() throws Exception {
        String tag = web.perform(get("/"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-cache"))
                .andExpect(header().string(
                                "Content-Security-Policy",
                                allOf(
                                        containsString("default-src 'none'"),
                                        containsString("script-src 'self'"),
                                        containsString("frame-ancestors 'none'"),
                                        not(containsString("unsafe")))))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Referrer-Policy", "no-referrer"))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        web.perform(get("/").header("If-None-Match", tag)).andExpect(status().isNotModified());
    }

    @Test
    void aFileIsKeptForEverAndCompressedForThoseWhoTakeThat() throws Exception {
        String path = "/console/" + files.version() + "/app.js";
        byte[] plain = web.perform(get(path))
                .andExpect(header().string("Cache-Control", "max-age=31536000, public, immutable"))
                .andExpect(header().string("Content-Type", "text/javascript;charset=UTF-8"))
                .andExpect(header().doesNotExist("Content-Encoding"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        byte[] compressed = web.perform(get(path).header("Accept-Encoding", "gzip, br"))
                .andExpect(header().string("Content-Encoding", "gzip"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void whatIsNoFileOfThisVersionIsNotFound() throws Exception {
        web.perform(get("/console/" + files.version() + "/nothing.js")).andExpect(status().isNotFound());
        web.perform(get("/console/0000000000000000/app.js")).andExpect(status().isNotFound());
        web.perform(get("/console/" + files.version() + "/index.html")).andExpect(status().isNotFound());
    }
}
