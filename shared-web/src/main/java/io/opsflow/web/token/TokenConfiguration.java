package io.opsflow.web.token;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The API is for callers with a token; pages, health and metrics are for everybody. No sessions, no cookies. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenSettings.class)
public class TokenConfiguration implements WebMvcConfigurer {

    @Bean
    DomainKeys domainKeys(TokenSettings settings) {
        return new DomainKeys(settings.keys(), InstantSource.system());
    }

    @Bean
    Tokens tokens(DomainKeys keys, TokenSettings settings) {
        return new Tokens(keys, settings.rootDomain(), InstantSource.system());
    }

    @Bean
    @Order(1)
    SecurityFilterChain callersOnly(HttpSecurity http, Tokens tokens) {
        return stateless(http)
                .securityMatcher("/opsflow/**", "/admin/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterBefore(bearerTokens(tokens), AnonymousAuthenticationFilter.class)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(Bearer::ask))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain everybody(HttpSecurity http) {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Methods are the controllers' business: they answer 405 and name those that are allowed. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** A timer around each filter of each request costs more than the filters do. */
    @Bean
    SecurityObservationSettings noTimersAroundFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable);
    }

    /** The filter by itself: the whole resource server would also take DPoP tokens, and publish metadata of its own. */
    private static Filter bearerTokens(Tokens tokens) {
        AuthenticationManagerResolver<HttpServletRequest> verification = request -> token -> {
            CallerAuthentication verified = tokens.verify(((BearerTokenAuthenticationToken) token).getToken());
            CallerResolver.remember(request, verified.getPrincipal());
            return verified;
        };
        var filter = new BearerTokenAuthenticationFilter(verification, Bearer::token);
        filter.setAuthenticationEntryPoint(Bearer::ask);
        return filter;
    }
}
