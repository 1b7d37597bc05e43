package io.opsflow.web.token;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.concurrent.atomic.AtomicInteger;

/** Java's own RSA, with a count of the signatures that were verified while it was installed. */
public final class CountingRsa extends SignatureSpi {

    private static final String NAME = "CountingRsa";
    private static final AtomicInteger verified = new AtomicInteger();

    private final Signature rsa;

    /** For Java's list of providers. */
    public CountingRsa() throws NoSuchAlgorithmException {
        rsa = Signature.getInstance("SHA256withRSA", Security.getProvider("SunRsaSign"));
    }

    static void install() {
        verified.set(0);
        Security.insertProviderAt(new Counting(), 1);
    }

    static void remove() {
        Security.removeProvider(NAME);
    }

    static int verifications() {
        return verified.get();
    }

    private static final class Counting extends Provider {
        Counting() {
            super(NAME, "1", "counts");
            put("Signature.SHA256withRSA", CountingRsa.class.getName());
        }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        rsa.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        rsa.initSign(key);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        rsa.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
        rsa.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        return rsa.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        verified.incrementAndGet();
        return rsa.verify(signature);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String parameter, Object value) {
        throw new UnsupportedOperationException(parameter);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String parameter) {
        throw new UnsupportedOperationException(parameter);
    }
}
