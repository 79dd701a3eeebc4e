// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// Both directions of the WebSocket.
#include "net/wire/mtchat/clientframes.h"
#include "net/wire/mtchat/serverframes.h"
