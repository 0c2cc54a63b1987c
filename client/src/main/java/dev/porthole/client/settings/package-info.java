/**
 * Words, environment and configuration file become one {@code TunnelConfig}. Start with {@link
 * dev.porthole.client.settings.Settings}.
 */
@NullMarked
package dev.porthole.client.settings;

import org.jspecify.annotations.NullMarked;
