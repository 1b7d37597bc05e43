package io.opsflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Where a database keeps what it needs: the cluster in {@code data}, the superuser's password, the programs. A cluster
 * is made under another name and gets this one when it is complete, so that no {@code data} is ever deleted: not by what
 * else it lacks or holds.
 */
record DatabaseHome(Path path) {

    private static final Logger log = LoggerFactory.getLogger(DatabaseHome.class);
    private static final int PASSWORD_BYTES = 24;
    private static final String DRAFT = "data.new";

    Path data() {
        return path.resolve("data");
    }

    Path binaries() {
        return path.resolve("binaries");
    }

    Path passwordFile() {
        return path.resolve("password");
    }

    /**
     * The password, random and made before there are data.
     *
     * @throws RefusedStart where there are data and the password is not: no other one opens them
     */
    String password() {
        try {
            String password = Files.exists(passwordFile())
                    ? Files.readString(passwordFile()).strip()
                    : "";
            if (!password.isEmpty()) {
                return password;
            }
            if (hasData()) {
                throw lacksThePassword(Files.exists(passwordFile()) ? "is empty" : "is missing");
            }
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            return Files.readString(
                    PrivateFiles.write(passwordFile(), HexFormat.of().formatHex(random)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param what is the matter with its file */
    RefusedStart lacksThePassword(String what) {
        return new RefusedStart("%s %s. It holds the password with which the database in %s was made: put it back."
                .formatted(passwordFile(), what, data()));
    }

    /**
     * Makes the cluster where there is none. Nobody ever used what an earlier attempt has left behind, which was cut
     * short: it is deleted.
     *
     * @param initdb makes a cluster in the empty directory it is given, and forces it to disk
     * @throws RefusedStart where there is something else, which is left as it is
     */
    void makeData(Consumer<Path> initdb) {
        if (hasData()) {
            requireDatabase();
            return;
        }
        try {
            deleteDrafts();
            // Never the same: an initdb that a killed JVM left behind may still be writing into its own.
            Path draft = Files.createTempDirectory(path, DRAFT);
            initdb.accept(draft);
            PrivateFiles.move(draft, data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also where it is a link to what is not there now. */
    private boolean hasData() {
        return Files.exists(data(), LinkOption.NOFOLLOW_LINKS);
    }

    /** The library would take a directory without this file for one to make a cluster in. */
    private void requireDatabase() {
        if (!Files.exists(data().resolve("postgresql.conf"))) {
            throw new RefusedStart(
                    "%s is no database: it has no postgresql.conf. Put back what it held, or remove it to begin anew."
                            .formatted(data()));
        }
    }

    private void deleteDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(path, DRAFT + "*")) {
            for (Path draft : drafts) {
                try {
                    FileSystemUtils.deleteRecursively(draft);
                } catch (IOException e) {
                    // Something still writes there. Nothing depends on it, and the next first start deletes it.
                    log.warn("{} could not be deleted", draft, e);
                }
            }
        }
    }
}
