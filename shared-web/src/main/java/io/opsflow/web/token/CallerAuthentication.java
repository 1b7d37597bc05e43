package io.opsflow.web.token;

import io.opsflow.api.caller.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** A caller, as Spring Security passes it on. Rights are the Caller's business, so there are no authorities. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private final transient Caller caller;
    private final transient TokenLife life;

    CallerAuthentication(Caller caller, TokenLife life) {
        super(List.<GrantedAuthority>of());
        this.caller = caller;
        this.life = life;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** The token has served its purpose and is not kept. */
    @Override
    public String getCredentials() {
        return "";
    }

    TokenLife life() {
        return life;
    }
}
