# SPDX-FileCopyrightText: 2026 The Presently authors
# SPDX-License-Identifier: Apache-2.0

# The credential store is a library of its own: only it needs the keychain, and the engine does not.
presently_library(presently_net_credentials
    SOURCES
        ${CMAKE_CURRENT_LIST_DIR}/credentialstore.h
        ${CMAKE_CURRENT_LIST_DIR}/credentialstoreentry.cpp
        ${CMAKE_CURRENT_LIST_DIR}/credentialstorememory.cpp
        ${CMAKE_CURRENT_LIST_DIR}/keychaincredentialstore.cpp
        ${CMAKE_CURRENT_LIST_DIR}/keychainserviceprobe.cpp
    LINK Presently::models_core Qt6::Core
    PRIVATE_LINK Qt6Keychain::Qt6Keychain Qt6::DBus)
