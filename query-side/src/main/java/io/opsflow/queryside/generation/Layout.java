package io.opsflow.queryside.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The layout of the tables that this version of the service reads and writes, told by the scripts that make them: who
 * changes a script changes the layout, and so asks for a rebuild.
 *
 * @param id eight hex digits
 */
public record Layout(String id) {

    /** Where the scripts are that make a generation: its tables, and its indexes once they are filled. */
    static final String SCRIPTS = "db/readmodel";

    private static final String PREFIX = "read_model_";

    /** That of the scripts on the class path. */
    public static Layout current() {
        try {
            Resource[] scripts =
                    new PathMatchingResourcePatternResolver().getResources("classpath:%s/**/*.sql".formatted(SCRIPTS));
            Arrays.sort(scripts, Comparator.comparing(Resource::getFilename));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Resource script : scripts) {
                digest.update(script.getContentAsByteArray());
            }
            return new Layout(HexFormat.of().formatHex(digest.digest(), 0, 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The schema of the generation that is read, or of the first one while it is built. */
    public String schema() {
        return PREFIX + id;
    }

    /** The schema of the generation that shall take the place of the one that is read. */
    String nextSchema() {
        return schema() + "_next";
    }

    /** The schema of a generation that is read no more and waits to be dropped. */
    String oldSchema() {
        return schema() + "_old";
    }

    /** A number for advisory locks: for who uses or builds it. */
    int lock() {
        return (int) Long.parseLong(id, 16);
    }
}
